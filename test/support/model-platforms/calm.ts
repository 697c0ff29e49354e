import { shipping } from '../rollout-events.ts';
import type { Script } from './script.ts';

/** A deploy in which nothing goes wrong; each call takes a second. */
export const calm: Script = {
  plan: shipping,
  start: 'one',
  verdict: 'pass',
  hasLastVerified: true,
  alreadyServes: false,
  obtain: 'done',
  activate: { change: 'done', restore: 'done' },
  settle: { change: 'settled', restore: 'settled' },
  checks: { staged: 'pass', after: 'pass', restored: 'pass' },
  passedBefore: ['health'],
  challengedBefore: false,
  foreignAt: undefined,
  cancelledAt: undefined,
  deadFrom: undefined,
  killedAt: undefined,
  stranger: false,
  latencyMs: 1000,
};
