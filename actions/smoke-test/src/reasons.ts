import { type Ending, endingsOf } from '#core';

/** How a smoke test can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('pass', ['verified']),
  ...endingsOf('done', ['checks-valid']),
  ...endingsOf('fail', ['checks-failed']),
  ...endingsOf('inconclusive', [
    'not-stable',
    'out-of-time',
    'runner-network',
    'watch-cut-short',
    'condition-false',
  ]),
  ...endingsOf('error', ['checks-error', 'checks-invalid']),
];
