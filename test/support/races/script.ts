import fc from 'fast-check';

/** What a run of a schedule sets out to do. */
export type Does =
  | { readonly kind: 'deploy'; readonly build: BuildName; readonly from: 'image' | 'source' }
  | { readonly kind: 'rollback'; readonly to: 'last-verified' | 'previous' | 'v1' }
  /** The run with this number once more, when it has ended or is gone. */
  | { readonly kind: 're-run'; readonly of: number };

/** The builds there are; `good` and `better` pass, `bad` fails its checks, `broken` has a machine that does not come up. */
export type BuildName = 'good' | 'better' | 'bad' | 'broken';

/** How long a run's own work takes, milliseconds. */
export interface Pace {
  readonly buildMs: number;
  readonly releaseCommandMs: number;
  readonly machineMs: number;
  /** Between two questions for leases that another client holds. */
  readonly leasePauseMs: number;
  readonly checksMs: number;
}

/** One run of a schedule, and what happens to it. */
export interface RaceRunScript {
  readonly does: Does;
  /** After the schedule's beginning; a re-run: after the end of the run it repeats. Milliseconds. */
  readonly startMs: number;
  readonly pace: Pace;
  readonly timeoutMs: number;
  readonly restoreTimeoutMs: number;
  readonly hasChecks: boolean;
  /** `actions: read`: GitHub tells it whether another run is over. */
  readonly readsActions: boolean;
  /** `deployments: write`: without it nobody can see it, and it sees nobody. */
  readonly writesRecords: boolean;
  /** Call by which its runner is gone, or its job cancelled. */
  readonly killedAt: number | undefined;
  readonly cancelledAt: number | undefined;
  /** Of its calls to GitHub: the answer to this one is lost. */
  readonly lostAnswer: number | undefined;
}

/** Somebody with flyctl in a shell, who knows nothing of records. */
export interface Stranger {
  readonly startMs: number;
  readonly pace: Pace;
}

export interface RaceScript {
  readonly runs: readonly RaceRunScript[];
  readonly machines: 2 | 3;
  readonly stranger: Stranger | undefined;
  /** How late each record and status is seen. */
  readonly lots: number;
}

const simplest = { withCrossShrink: true };

function weighted<T>(...entries: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
  return fc.oneof(simplest, ...entries.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

function seldom<T>(one: fc.Arbitrary<T>, of: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    simplest,
    { weight: of - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: one },
  );
}

const second = 1000;
const seconds = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: min * 4, max: max * 4 }).map((quarters) => (quarters * second) / 4);

const pace: fc.Arbitrary<Pace> = fc.record({
  buildMs: fc.oneof(simplest, seconds(0, 4), seconds(4, 40)),
  releaseCommandMs: fc.oneof(
    simplest,
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: seconds(1, 15) },
  ),
  machineMs: seconds(1, 12),
  leasePauseMs: seconds(1, 10),
  checksMs: seconds(1, 20),
});

const deploy: fc.Arbitrary<Does> = fc.record({
  kind: fc.constant('deploy' as const),
  build: weighted<BuildName>([4, 'good'], [2, 'better'], [4, 'bad'], [1, 'broken']),
  from: weighted<'image' | 'source'>([2, 'image'], [1, 'source']),
});
const rollback: fc.Arbitrary<Does> = fc.record({
  kind: fc.constant('rollback' as const),
  to: fc.constantFrom('last-verified' as const, 'previous' as const, 'v1' as const),
});
const again: fc.Arbitrary<Does> = fc.record({ kind: fc.constant('re-run' as const), of: fc.nat(1) });

/** A run has some forty calls where it need not wait. */
const callsAtMost = 45;

function run(
  does: fc.Arbitrary<Does>,
  isKilled: fc.Arbitrary<number | undefined>,
): fc.Arbitrary<RaceRunScript> {
  return fc.record({
    does,
    startMs: fc.oneof(
      simplest,
      { weight: 2, arbitrary: seconds(0, 25) },
      { weight: 1, arbitrary: seconds(25, 90) },
    ),
    pace,
    timeoutMs: weighted([3, 240 * second], [1, 120 * second]),
    restoreTimeoutMs: weighted([1, 120 * second], [1, 60 * second]),
    hasChecks: weighted([7, true], [1, false]),
    readsActions: fc.boolean(),
    writesRecords: weighted([19, true], [1, false]),
    killedAt: isKilled,
    cancelledAt: seldom(fc.nat(callsAtMost), 9),
    lostAnswer: seldom(fc.nat(20), 8),
  });
}

const cut = seldom(fc.nat(callsAtMost), 7);
const uncut = fc.constant(undefined);

/** The first is a deploy, most often one that comes to its end. */
function schedule(others: fc.Arbitrary<Does>): fc.Arbitrary<RaceScript> {
  const first = run(deploy, cut);
  const other = run(others, cut);
  return fc.record({
    runs: fc.oneof(simplest, fc.tuple(first, other), fc.tuple(first, other, other)),
    machines: fc.constantFrom(2 as const, 3 as const),
    stranger: seldom(fc.record({ startMs: seconds(0, 150), pace }), 8),
    lots: fc.nat(),
  });
}

/** Two or three deploys of one app at once, and re-runs of them. */
export const deploysAtOnce = schedule(
  fc.oneof(simplest, { weight: 5, arbitrary: deploy }, { weight: 1, arbitrary: again }),
);

/** A deploy, and a rollback that somebody asks for; a third run of either kind. */
export const rollbacksMeanwhile = fc
  .tuple(
    schedule(fc.oneof(simplest, { weight: 2, arbitrary: rollback }, { weight: 1, arbitrary: deploy })),
    run(rollback, uncut),
  )
  .map(([one, back]): RaceScript => {
    const [first, second, ...rest] = one.runs;
    const hasBack = [second, ...rest].some((other) => other?.does.kind === 'rollback');
    if (hasBack || first === undefined) return one;
    return { ...one, runs: [first, back, ...rest] };
  });
