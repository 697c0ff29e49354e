import type { Ending } from '#core';

/** How a smoke test can end. */
export const endings: readonly Ending[] = [
  { outcome: 'pass', reason: 'verified' },
  { outcome: 'fail', reason: 'checks-failed' },
  { outcome: 'inconclusive', reason: 'not-stable' },
  { outcome: 'inconclusive', reason: 'out-of-time' },
  { outcome: 'inconclusive', reason: 'runner-network' },
  { outcome: 'error', reason: 'checks-error' },
  { outcome: 'error', reason: 'checks-invalid' },
];
