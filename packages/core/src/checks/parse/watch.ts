import type { FailureRate, Watch, WatchLimits } from '../check-file.ts';
import type { Cursor } from './cursor.ts';
import { duration } from './durations.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { integer, share } from './scalars.ts';

const limitKeys = ['failure-limit', 'consecutive-failure-limit', 'error-limit', 'failure-rate'];
const strictest: WatchLimits = {
  failures: 0,
  consecutiveFailures: undefined,
  consecutiveErrors: 4,
  rate: undefined,
};
const defaultIntervalMs = 15_000;

/** `watch` at the top of a file. */
export function readWatch(at: Cursor): Watch | undefined {
  const given = fields(at, { what: '`watch`', keys: ['for', 'interval', ...limitKeys] });
  if (given === undefined) return undefined;
  if (!given.has('for')) return at.fail('`watch` needs `for`: how long the verdict is watched over.');
  const forMs = given.read('for', duration);
  const intervalMs = given.has('interval') ? given.read('interval', duration) : defaultIntervalMs;
  if (forMs === undefined || intervalMs === undefined) return undefined;
  if (intervalMs === 0 || forMs < intervalMs)
    return at.fail('`for` must hold one `interval` at least: nothing would be watched.');
  return { forMs, intervalMs, limits: readLimits(given, strictest, { forMs, intervalMs }), origin: at };
}

/** `watch` of a check or scenario: its own limits, over those of the file. */
export function watchLimits(at: Cursor, watch: Watch | undefined): WatchLimits | undefined {
  const given = fields(at, { what: '`watch` of a check', keys: limitKeys });
  if (given === undefined) return undefined;
  if (watch === undefined)
    return at.fail(
      '`watch` of a check sets its limits; how long is said by `watch` at the top of the file.',
      'key',
    );
  return readLimits(given, watch.limits, watch);
}

/** Naming another limit than the total lifts the default of none at all. */
function readLimits(
  given: Fields,
  base: WatchLimits,
  time: Pick<Watch, 'forMs' | 'intervalMs'>,
): WatchLimits {
  const isOther = given.has('consecutive-failure-limit') || given.has('failure-rate');
  const total = given.read('failure-limit', integer(0));
  const limits: WatchLimits = {
    failures: total ?? (isOther ? undefined : base.failures),
    consecutiveFailures: given.read('consecutive-failure-limit', integer(0)) ?? base.consecutiveFailures,
    consecutiveErrors: given.read('error-limit', integer(0)) ?? base.consecutiveErrors,
    rate: given.read('failure-rate', failureRate) ?? base.rate,
  };
  const rounds = Math.floor(time.forMs / time.intervalMs);
  for (const [key, needed] of neededRounds(limits)) {
    if (needed > rounds)
      given.get(key)?.fail(`\`${key}\` can be crossed after ${needed} rounds, and the watch has ${rounds}.`);
  }
  return limits;
}

function neededRounds({ failures, consecutiveFailures, rate }: WatchLimits): [string, number][] {
  return [
    ['failure-limit', (failures ?? 0) + 1],
    ['consecutive-failure-limit', (consecutiveFailures ?? 0) + 1],
    ['failure-rate', rate?.samples ?? 0],
  ];
}

/** `{ max: 5%, min-samples: 20 }`. */
function failureRate(at: Cursor): FailureRate | undefined {
  const given = fields(at, { what: '`failure-rate`', keys: ['max', 'min-samples'] });
  if (given === undefined) return undefined;
  if (!given.has('max')) return at.fail('`failure-rate` needs `max`, such as 5%.');
  const most = given.read('max', share);
  if (most === 1)
    return given
      .get('max')
      ?.fail('`max` must be less than 100%: every round may then be bad, and nothing is watched.');
  return most === undefined ? undefined : { most, samples: given.read('min-samples', integer(1)) ?? 20 };
}
