import { deployPlays } from './deploy-plays.ts';
import { playAll } from './play-all.ts';

playAll(deployPlays);
