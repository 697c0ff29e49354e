import type { Case } from './case.ts';
import { brokenReleases } from './cases/broken-releases.ts';
import { edges } from './cases/edges.ts';
import { endings } from './cases/endings.ts';
import { falseReds } from './cases/false-reds.ts';
import { order } from './cases/order.ts';
import { rollbacks } from './cases/rollbacks.ts';
import { unwatched } from './cases/unwatched.ts';

/** Every case, in the order in which the page tells them. */
export const cases: readonly Case[] = [
  ...brokenReleases,
  ...unwatched,
  ...endings,
  ...edges,
  ...order,
  ...rollbacks,
  ...falseReds,
];
