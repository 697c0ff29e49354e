import type { Assertion, Source } from '../assertion.ts';
import { Cursor, isMapping, shown } from './cursor.ts';
import { milliseconds } from './durations.ts';

/** What is left of a source's predicates once the thresholds are taken out; `rest` undefined when that is nothing. */
export interface Thresholds {
  readonly thresholds: readonly Assertion[];
  readonly rest: Cursor | undefined;
}

/**
 * Takes the two thresholds out of the predicates of a duration, as `p95: { degraded: 300ms, max: 800ms }`: over the first
 * it is a warning, over the second a failure.
 */
export function takeThresholds(at: Cursor, source: Source): Thresholds {
  if (!isMapping(at.value)) return { thresholds: [], rest: at };
  const { degraded, max, ...others } = at.value;
  const limits = {
    degraded: degraded === undefined ? undefined : limitOf(at.child('degraded', degraded)),
    max: max === undefined ? undefined : limitOf(at.child('max', max)),
  };
  if (limits.degraded !== undefined && limits.max !== undefined && limits.degraded >= limits.max) {
    at.fail(`\`degraded\` warns before \`max\` fails, so it must be less: ${shown(degraded)} is not.`);
  }
  const threshold = (limitMs: number | undefined): Omit<Assertion, 'advisory'>[] =>
    limitMs === undefined
      ? []
      : [
          {
            source,
            filters: [],
            predicate: { name: 'lte', negated: false, expected: limitMs, nested: [] },
            origin: at,
          },
        ];
  const isAllThresholds = degraded !== undefined || max !== undefined;
  return {
    thresholds: [
      ...threshold(limits.max),
      ...threshold(limits.degraded).map((one) => ({ ...one, advisory: true as const })),
    ],
    rest:
      isAllThresholds && Object.keys(others).length === 0
        ? undefined
        : new Cursor(others, at.problems, at.parent, at.key),
  };
}

function limitOf(at: Cursor): number | undefined {
  const ms = typeof at.value === 'string' ? milliseconds(at.value) : undefined;
  return (
    ms ?? at.fail(`\`${at.key}\` is a duration with a unit, such as 800ms or 2s, not ${shown(at.value)}.`)
  );
}
