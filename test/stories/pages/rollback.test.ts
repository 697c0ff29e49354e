import { playAll } from './play-all.ts';
import { rollbackPlays } from './rollback-plays.ts';

playAll(rollbackPlays);
