import { type Ending, endingsOf } from '#core';

/** How a smoke test can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('pass', ['verified']),
  ...endingsOf('fail', ['checks-failed']),
  ...endingsOf('inconclusive', [
    'not-stable',
    'out-of-time',
    'runner-network',
    'watch-incomplete',
    'condition-false',
  ]),
  ...endingsOf('error', ['checks-error', 'checks-invalid']),
];
