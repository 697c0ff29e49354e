import fc from 'fast-check';
import type { Build, Quality } from './build.ts';

/** How a call of the client ends, and how much of the change had taken place. */
export type Effect =
  | 'done'
  /** The answer never came. */
  | 'lost-after'
  | 'fails-before'
  | 'fails-halfway'
  | 'fails-after'
  | 'makes-nothing'
  | 'hangs-halfway';

/** Another run, or a person, in the middle of a rollout. */
export interface Elsewhere {
  /** The call it comes in with; `before-post`: after the runner of this one was gone. */
  readonly at: number | 'before-post';
  /** Ships a build, or brings back the version so many before the newest. */
  readonly does: { readonly ships: number } | { readonly bringsBack: number };
  /** `unrecorded`: by hand, so that nothing tells whose it is. */
  readonly how: 'verified' | 'failed' | 'pending' | 'unrecorded';
  readonly share: 'all' | 'half';
}

/** A replica that lags behind: the first look from call `at` on, and the next one too. */
export interface Stale {
  readonly at: number;
  readonly tells: 'nothing' | 'fewer' | 'older';
  readonly times: 1 | 2;
}

export type What =
  | { readonly does: 'deploy'; readonly build: number; readonly from: 'image' | 'source' }
  | { readonly does: 'rollback'; readonly to: 'last-verified' | 'previous' | { readonly back: number } }
  /** The run before this one, started again. */
  | { readonly does: 're-run' };

/** Everything that happens to one rollout. */
export interface RolloutScript {
  readonly what: What;
  readonly hasChecks: boolean;
  readonly ship: Effect;
  readonly restore: Effect;
  /** Whether the client says which release it made. */
  readonly isNamed: boolean;
  /** Whether machines can be made: at once, only after two minutes, or not in this rollout. */
  readonly room: 'there' | 'late' | 'none';
  /** The checks after the change cannot judge. */
  readonly isBlind: boolean;
  readonly stale: readonly Stale[];
  readonly elsewhere: readonly Elsewhere[];
  readonly cancelledAt: number | undefined;
  readonly killedAt: number | undefined;
}

/** Several rollouts, one after the other, over one ledger. */
export interface HistoryScript {
  /** What can be deployed; the first one is what served at the beginning. */
  readonly builds: readonly Build[];
  readonly workers: 1 | 2;
  /** Whether the first release was verified by a run that kept a record. */
  readonly isFirstVerified: boolean;
  readonly rollouts: readonly RolloutScript[];
}

const callsAtMost = 14;

/** A failing history is told with the first entry wherever that fails too. */
const simplest = { withCrossShrink: true };

function weighted<T>(...entries: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
  return fc.oneof(simplest, ...entries.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

const build = (commit: string, qualities: fc.Arbitrary<Quality>): fc.Arbitrary<Build> =>
  fc.record({
    commit: fc.constant(commit),
    image: fc.constantFrom('a', 'b', 'c'),
    quality: qualities,
    hasWorker: weighted([6, true], [1, false]),
  });
const quality = weighted<Quality>(
  [4, 'good'],
  [3, 'fails-checks'],
  [1, 'worker-ends'],
  [1, 'worker-ends-late'],
);

const effect = weighted<Effect>(
  [12, 'done'],
  [1, 'lost-after'],
  [1, 'fails-before'],
  [1, 'fails-halfway'],
  [1, 'fails-after'],
  [1, 'makes-nothing'],
  [1, 'hangs-halfway'],
);

const deploy: fc.Arbitrary<What> = fc.record({
  does: fc.constant('deploy' as const),
  build: fc.nat(3),
  from: weighted<'image' | 'source'>([3, 'image'], [1, 'source']),
});
const what: fc.Arbitrary<What> = fc.oneof(
  simplest,
  { weight: 5, arbitrary: deploy },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('rollback' as const),
      to: fc.oneof(
        simplest,
        { weight: 3, arbitrary: fc.constant('last-verified' as const) },
        { weight: 1, arbitrary: fc.constant('previous' as const) },
        { weight: 1, arbitrary: fc.record({ back: fc.nat(4) }) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 're-run' as const }) },
);

const elsewhere: fc.Arbitrary<Elsewhere> = fc.record({
  at: fc.oneof(
    simplest,
    { weight: 8, arbitrary: fc.nat(callsAtMost) },
    { weight: 1, arbitrary: fc.constant('before-post' as const) },
  ),
  does: fc.oneof(
    simplest,
    { weight: 3, arbitrary: fc.record({ ships: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ bringsBack: fc.nat(4) }) },
  ),
  how: fc.constantFrom('verified', 'failed', 'pending', 'unrecorded'),
  share: weighted<'all' | 'half'>([5, 'all'], [1, 'half']),
});

const stale: fc.Arbitrary<Stale> = fc.record({
  at: fc.nat(callsAtMost),
  tells: fc.constantFrom('nothing', 'fewer', 'older'),
  times: fc.constantFrom(1, 2),
});

const seldom = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof(simplest, { weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
const sometimes = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.oneof(
    simplest,
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(one, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(one, { minLength: 2, maxLength: 2 }) },
  );

const rollout = (does: fc.Arbitrary<What>): fc.Arbitrary<RolloutScript> =>
  fc.record({
    what: does,
    hasChecks: weighted([5, true], [1, false]),
    ship: effect,
    restore: effect,
    isNamed: weighted([3, true], [2, false]),
    room: weighted<RolloutScript['room']>([4, 'there'], [1, 'late'], [1, 'none']),
    isBlind: weighted([9, false], [1, true]),
    stale: sometimes(stale),
    elsewhere: sometimes(elsewhere),
    cancelledAt: seldom(fc.nat(callsAtMost)),
    killedAt: seldom(fc.nat(callsAtMost)),
  });

export const histories: fc.Arbitrary<HistoryScript> = fc.record({
  builds: fc.tuple(
    build('c0', fc.constant('good')).map((first) => ({ ...first, hasWorker: true })),
    build('c1', quality),
    build('c2', quality),
    build('c3', quality),
  ),
  workers: fc.constantFrom(1, 2),
  isFirstVerified: weighted([4, true], [1, false]),
  rollouts: fc
    .tuple(rollout(deploy), fc.array(rollout(what), { minLength: 1, maxLength: 4 }))
    .map(([first, others]) => [first, ...others]),
});
