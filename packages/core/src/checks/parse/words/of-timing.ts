import type { Words } from './same.ts';
import { same } from './same.ts';

/** Words in `retry`. */
export const ofRetry: Words = {
  ...same(
    'count max times retries max-attempts limit max-retries tries failure-threshold',
    'Did you mean `attempts`?',
  ),
  ...same('delay wait sleep every period pause retry-delay', 'Did you mean `interval`?'),
  ...same(
    'timeout max-time for duration deadline retry-max-time total',
    'Did you mean `until`? Write `until: 60s`.',
  ),
  ...same('factor multiplier exponential', 'Did you mean `backoff`? Write `backoff: 1.5`.'),
  ...same('max-delay max-backoff', 'Did you mean `max-interval`?'),
  ...same(
    'errors statuses status status-codes when if retry-on',
    'Did you mean `on`? Write `on: [connect, timeout, gateway]`.',
  ),
  ...same('force all-errors methods', 'Did you mean `unsafe`? It also repeats POST and PATCH.'),
};

/** Words in `window`. */
export const ofWindow: Words = {
  ...same('count times consecutive success-threshold rounds', 'Did you mean `successes`?'),
  ...same('delay period every wait', 'Did you mean `interval`?'),
  ...same('for duration', 'For a time after the verdict there is `watch`; `window` counts `successes`.'),
};

/** Words in `watch`. */
export const ofWatch: Words = {
  ...same('duration time until', 'Did you mean `for`?'),
  ...same('delay period every', 'Did you mean `interval`?'),
  ...same('failures max-failures limit errors', 'Did you mean `failure-limit`?'),
};
