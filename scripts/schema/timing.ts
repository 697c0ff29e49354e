import { measures } from './sources.ts';
import type { Schema } from './words.ts';
import { flag, list, mapping, ref, said, whole } from './words.ts';

const classes = [
  ...['resolve', 'connect', 'timeout', 'tls-transient', 'tls-verdict'],
  ...['gateway', 'stale-release', 'assertion'],
];

const retry: Readonly<Record<string, Schema>> = {
  until: said(
    'Time for attempts and pauses together; without it and `attempts` nothing is repeated.',
    ref('duration'),
  ),
  attempts: said('Tries in all.', whole(1)),
  interval: said('The first pause. Default 2s.', ref('duration')),
  backoff: said('Factor from pause to pause. Default 1.5.', { type: 'number', minimum: 1, maximum: 10 }),
  'max-interval': said('The longest pause. Default 15s.', ref('duration')),
  jitter: said('Share of a pause that is random. Default 10%.', ref('percentage')),
  on: said('Failures worth another attempt. Default: all but tls-verdict.', list({ enum: classes })),
  unsafe: said('Repeat POST and PATCH as well.', flag),
  tls: said('Retry refused certificates: a fresh one may be on its way.', flag),
};

const repeated: Schema = { enum: ['step', 'scenario'] };

const limits: Readonly<Record<string, Schema>> = {
  'failure-limit': said('Bad rounds allowed in all. Default 0.', whole(0)),
  'consecutive-failure-limit': said('Bad rounds allowed in a row.', whole(0)),
  'error-limit': said('Errors allowed in a row. Default 4.', whole(0)),
  'failure-rate': said(
    'Share of bad rounds allowed, once there are enough.',
    mapping({ max: ref('percentage'), 'min-samples': said('Default 20.', whole(1)) }, ['max']),
  ),
};

export const timingSchemas: Readonly<Record<string, Schema>> = {
  retry: said('How long and how often a failing check is tried again.', mapping(retry)),
  'step-retry': said('As `retry`; `of: scenario` begins again with the first step.', {
    anyOf: [mapping({ ...retry, of: repeated }), repeated],
  }),
  window: said(
    'How long a verdict must hold.',
    mapping({
      successes: said('Consecutive good rounds. Default 1.', whole(1)),
      interval: said('Between rounds. Default 5s.', ref('duration')),
      hold: said('A bad round starts the count again (reset, the default) or fails at once (strict).', {
        enum: ['reset', 'strict'],
      }),
    }),
  ),
  watch: said(
    'Goes on checking after the verdict, with a budget of failures.',
    mapping({ for: ref('positive'), interval: said('Default 15s.', ref('positive')), ...limits }, ['for']),
  ),
  'watch-limits': said('The limits of this check; how long is said at the top of the file.', mapping(limits)),
  baseline: said(
    'Compares with the last verified release: at most baseline × (1 + tolerance) + floor.',
    mapping({
      from: { enum: ['last-verified', 'previous-url'] },
      metric: said('Default p95.', { enum: measures }),
      tolerance: said('Default 25%.', ref('percentage')),
      floor: said('Default 50ms.', ref('duration')),
      samples: said('Taken by every http check that does not say how many itself.', whole(2)),
    }),
  ),
};
