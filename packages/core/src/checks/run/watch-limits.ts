import type { WatchLimits } from '../check-file.ts';

/** What the rounds of one unit have come to. */
export interface Tally {
  readonly good: number;
  readonly bad: number;
  readonly errors: number;
  readonly badInARow: number;
  readonly errorsInARow: number;
}

export const emptyTally: Tally = { good: 0, bad: 0, errors: 0, badInARow: 0, errorsInARow: 0 };

/** The tally after one more round. Only a good one ends a row, of bad ones and of those in error. */
export function addRound(tally: Tally, round: 'good' | 'bad' | 'error'): Tally {
  switch (round) {
    case 'good':
      return { ...tally, good: tally.good + 1, badInARow: 0, errorsInARow: 0 };
    case 'bad':
      return { ...tally, bad: tally.bad + 1, badInARow: tally.badInARow + 1 };
    case 'error':
      return { ...tally, errors: tally.errors + 1, errorsInARow: tally.errorsInARow + 1 };
  }
}

/** Which kind of limit is crossed, if one is; failures come before errors. */
export function exceeded(tally: Tally, limits: WatchLimits): 'failures' | 'errors' | undefined {
  const { failures = Number.POSITIVE_INFINITY, consecutiveFailures = Number.POSITIVE_INFINITY } = limits;
  if (tally.bad > failures || tally.badInARow > consecutiveFailures) return 'failures';
  const rounds = roundsOf(tally);
  const notGood = (rounds - tally.good) / rounds;
  if (limits.rate !== undefined && rounds >= limits.rate.samples && notGood > limits.rate.most)
    return tally.bad > 0 ? 'failures' : 'errors';
  return tally.errorsInARow > limits.consecutiveErrors ? 'errors' : undefined;
}

/** Once all rounds were made: bad ones with none among them that was good are within no limit. */
export function isHopeless({ good, bad }: Tally): boolean {
  return good === 0 && bad > 0;
}

function roundsOf({ good, bad, errors }: Tally): number {
  return good + bad + errors;
}

/** Too few rounds said anything: none at all, or fewer than the share of bad ones is taken of. */
export function isTooFewRounds(tally: Tally, { rate }: WatchLimits): boolean {
  return tally.good + tally.bad === 0 || roundsOf(tally) < (rate?.samples ?? 0);
}

/** After how many bad rounds in a row a limit is crossed, at the latest. */
export function roundsToVerdict({ failures, consecutiveFailures, rate }: WatchLimits): number {
  return Math.min(
    ...[failures, consecutiveFailures].map((limit) => (limit ?? Number.POSITIVE_INFINITY) + 1),
    rate?.samples ?? Number.POSITIVE_INFINITY,
  );
}
