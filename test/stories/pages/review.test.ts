import { playAll } from './play-all.ts';
import { reviewPlays } from './review-plays.ts';

playAll(reviewPlays);
