import fc from 'fast-check';
import type { BuildName } from '../script.ts';

/** What one run of the bundles sets out to do. */
export type BundleDoes =
  | { readonly kind: 'deploy'; readonly build: Exclude<BuildName, 'broken'> }
  | { readonly kind: 'rollback' }
  /** The first run once more, after it has ended. */
  | { readonly kind: 're-run' };

export interface BundleRunScript {
  readonly does: BundleDoes;
  /** After the schedule's beginning; a re-run: after the first run's end. Milliseconds. */
  readonly startMs: number;
  /** `actions: read`. */
  readonly readsActions: boolean;
  /** After its own start: its runner is gone, or its job cancelled. Milliseconds. */
  readonly killedMs: number | undefined;
  readonly cancelledMs: number | undefined;
}

export interface BundleScript {
  readonly runs: readonly BundleRunScript[];
  /** Of how late GitHub shows what was written. */
  readonly lots: number;
}

const run = (does: fc.Arbitrary<BundleDoes>): fc.Arbitrary<BundleRunScript> =>
  fc.record({
    does,
    startMs: fc.integer({ min: 0, max: 20_000 }),
    readsActions: often(true, false, 4),
    killedMs: seldom(8),
    cancelledMs: seldom(8),
  });

function often<T>(one: T, other: T, times: number): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: times, arbitrary: fc.constant(one) },
    { weight: 1, arbitrary: fc.constant(other) },
  );
}

/** Somewhere between its first look and its last. */
function seldom(of: number): fc.Arbitrary<number | undefined> {
  return fc.oneof(
    { weight: of - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.integer({ min: 1_500, max: 12_000 }) },
  );
}

const deploy: fc.Arbitrary<BundleDoes> = fc.record({
  kind: fc.constant('deploy' as const),
  build: fc.constantFrom('good' as const, 'better' as const, 'bad' as const),
});

const other: fc.Arbitrary<BundleDoes> = fc.oneof(
  { weight: 5, arbitrary: deploy },
  { weight: 3, arbitrary: fc.constant({ kind: 'rollback' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 're-run' as const }) },
);

/** Two runs of the bundles at once, now and then three. */
export const bundleSchedules: fc.Arbitrary<BundleScript> = fc.record({
  runs: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(run(deploy), run(other)) },
    { weight: 1, arbitrary: fc.tuple(run(deploy), run(other), run(other)) },
  ),
  lots: fc.nat(),
});
