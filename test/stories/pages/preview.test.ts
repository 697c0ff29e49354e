import { playAll } from './play-all.ts';
import { previewPlays } from './preview-plays.ts';

playAll(previewPlays);
