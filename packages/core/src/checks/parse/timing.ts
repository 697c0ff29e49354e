import type { RetryRules, Window } from '../check-file.ts';
import type { FailureClass } from '../check-result.ts';
import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';
import { duration } from './durations.ts';
import { fields } from './fields.ts';
import { flag, integer, listOf, oneOf, share } from './scalars.ts';

const classes: readonly FailureClass[] = [
  'resolve',
  'connect',
  'timeout',
  'tls-transient',
  'tls-verdict',
  'gateway',
  'stale-release',
  'assertion',
];

/** No retry until `until` or `attempts` asks for it; then every class that can heal by waiting. */
export const builtInRetry: RetryRules = {
  untilMs: undefined,
  attempts: undefined,
  intervalMs: 2000,
  backoff: 1.5,
  maxIntervalMs: 15_000,
  jitter: 0.1,
  on: classes.filter((one) => one !== 'tls-verdict'),
  unsafe: false,
  tls: false,
  of: 'step',
};

export const builtInWindow: Window = { successes: 1, intervalMs: 5000, hold: 'reset' };

const retryKeys = [
  'until',
  'attempts',
  'interval',
  'backoff',
  'max-interval',
  'jitter',
  'on',
  'unsafe',
  'tls',
];

/** `retry`, over what the defaults say. */
export function retryRules(at: Cursor, base: RetryRules): RetryRules | undefined {
  return readRetry(at, base, retryKeys);
}

const repeated = ['step', 'scenario'] as const;

/** `retry` of a scenario and its steps, which may also say what is repeated: `scenario` is short for `{ of: scenario }`. */
export function stepRetryRules(at: Cursor, base: RetryRules): RetryRules | undefined {
  const of = repeated.find((one) => one === at.value);
  const rules = of === undefined ? readRetry(at, base, [...retryKeys, 'of']) : { ...base, of };
  if (rules?.of !== 'scenario' || rules.untilMs !== undefined || rules.attempts !== undefined) return rules;
  return at.fail('`retry` of the scenario needs `until` or `attempts`: without them nothing is repeated.');
}

function readRetry(at: Cursor, base: RetryRules, keys: readonly string[]): RetryRules | undefined {
  const given = fields(at, { what: '`retry`', keys });
  if (given === undefined) return undefined;
  const until = given.read('until', duration);
  return {
    untilMs: until ?? base.untilMs,
    attempts: given.read('attempts', integer(1)) ?? base.attempts,
    intervalMs: given.read('interval', duration) ?? base.intervalMs,
    backoff: given.read('backoff', factor) ?? base.backoff,
    maxIntervalMs: given.read('max-interval', duration) ?? base.maxIntervalMs,
    jitter: given.read('jitter', share) ?? base.jitter,
    on: given.read('on', listOf(oneOf(classes))) ?? base.on,
    unsafe: given.read('unsafe', flag) ?? base.unsafe,
    tls: given.read('tls', flag) ?? base.tls,
    of: given.read('of', oneOf(repeated)) ?? base.of,
  };
}

export function windowRules(at: Cursor, base: Window): Window | undefined {
  const given = fields(at, { what: '`window`', keys: ['successes', 'interval', 'hold'] });
  if (given === undefined) return undefined;
  return {
    successes: given.read('successes', integer(1)) ?? base.successes,
    intervalMs: given.read('interval', duration) ?? base.intervalMs,
    hold: given.read('hold', oneOf(['reset', 'strict'])) ?? base.hold,
    origin: at,
  };
}

function factor(at: Cursor): number | undefined {
  if (typeof at.value === 'number' && at.value >= 1 && at.value <= 10) return at.value;
  return at.fail(`\`${at.key}\` must be a number from 1 to 10, not ${shown(at.value)}.`);
}
