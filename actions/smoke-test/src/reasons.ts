import { type Ending, endingsOf } from '#core';

/** How a smoke test can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('pass', ['verified']),
  ...endingsOf('done', ['checks-valid']),
  ...endingsOf('fail', ['checks-failed']),
  ...endingsOf('inconclusive', [
    'not-stable',
    'out-of-time',
    'platform-unreachable',
    'runner-network',
    'too-few-samples',
    'interrupted',
    'both-down',
    'watch-incomplete',
    'condition-false',
  ]),
  ...endingsOf('error', [
    'checks-error',
    'deployment-protected',
    'challenged',
    'checks-invalid',
    'release-unknown',
  ]),
];
