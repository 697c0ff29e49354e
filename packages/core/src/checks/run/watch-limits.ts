import type { WatchLimits } from '../check-file.ts';

/** What the rounds of one unit have come to. */
export interface Tally {
  readonly good: number;
  readonly bad: number;
  readonly badInARow: number;
  readonly errorsInARow: number;
}

export const untold: Tally = { good: 0, bad: 0, badInARow: 0, errorsInARow: 0 };

/** The tally after one more round. A round in error is no evidence of either kind. */
export function tallied(tally: Tally, round: 'good' | 'bad' | 'error'): Tally {
  switch (round) {
    case 'good':
      return { ...tally, good: tally.good + 1, badInARow: 0, errorsInARow: 0 };
    case 'bad':
      return { ...tally, bad: tally.bad + 1, badInARow: tally.badInARow + 1, errorsInARow: 0 };
    case 'error':
      return { ...tally, errorsInARow: tally.errorsInARow + 1 };
  }
}

/** Which kind of limit is crossed, if one is; failures come before errors. */
export function crossed(tally: Tally, limits: WatchLimits): 'failures' | 'errors' | undefined {
  const { failures = Number.POSITIVE_INFINITY, consecutiveFailures = Number.POSITIVE_INFINITY } = limits;
  if (tally.bad > failures || tally.badInARow > consecutiveFailures) return 'failures';
  const rounds = tally.good + tally.bad;
  if (limits.rate !== undefined && rounds >= limits.rate.samples && tally.bad / rounds > limits.rate.most)
    return 'failures';
  return tally.errorsInARow > limits.consecutiveErrors ? 'errors' : undefined;
}

/** Too few rounds were made to say anything about the share of bad ones. */
export function isUntold({ good, bad }: Tally, { rate }: WatchLimits): boolean {
  return rate !== undefined && good + bad < rate.samples;
}

/** After how many bad rounds in a row a limit is crossed, at the latest. */
export function roundsToVerdict({ failures, consecutiveFailures, rate }: WatchLimits): number {
  return Math.min(
    ...[failures, consecutiveFailures].map((limit) => (limit ?? Number.POSITIVE_INFINITY) + 1),
    rate === undefined || rate.most >= 1 ? Number.POSITIVE_INFINITY : rate.samples,
  );
}
