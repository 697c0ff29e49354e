import { playAll } from './play-all.ts';
import { watchPlays } from './watch-plays.ts';

playAll(watchPlays);
