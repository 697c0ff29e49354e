import { playAll } from './play-all.ts';
import { uploadPlays } from './upload-plays.ts';

playAll(uploadPlays);
