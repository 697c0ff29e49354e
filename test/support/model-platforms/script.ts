import fc from 'fast-check';
import type { ReleaseVerdict } from '../../../packages/core/src/ledger/record.ts';
import type { CheckOutcome } from '../../../packages/core/src/outcome/outcome.ts';
import type { RolloutPlan } from '../../../packages/core/src/rollout/plan.ts';

/** How a call that changes something ends, and whether the change had taken place. */
export type Effect =
  | 'done'
  | 'failed'
  | 'failed-after'
  | 'partial'
  | 'lost'
  | 'lost-after'
  | 'hangs'
  | 'hangs-after'
  /** What serves already is what was looked for. */
  | 'found';

/** Everything that happens to one rollout. */
export interface Script {
  readonly plan: RolloutPlan;
  readonly start: 'nothing' | 'one' | 'mixed';
  readonly verdict: ReleaseVerdict;
  readonly hasLastVerified: boolean;
  readonly alreadyServes: boolean;
  readonly obtain: Effect;
  readonly activate: { readonly change: Effect; readonly restore: Effect };
  readonly settle: { readonly change: Settling; readonly restore: Settling };
  readonly checks: { readonly staged: Checking; readonly after: Checking; readonly restored: Checking };
  readonly passedBefore: readonly string[];
  /** An edge turns the checks away before the change. */
  readonly challengedBefore: boolean;
  /** At this call, counted over all of them, another run makes its release live. */
  readonly foreignAt: number | undefined;
  readonly cancelledAt: number | undefined;
  /** From this call on the platform's API does not answer. */
  readonly deadFrom: number | undefined;
  /** The runner is gone in this call: nothing of the run happens any more. */
  readonly killedAt: number | undefined;
  /** Something that nobody manages answers beside whatever serves. */
  readonly stranger: boolean;
  readonly latencyMs: number;
}

export type Settling = 'settled' | 'failed' | 'incomplete' | 'unknown' | 'hangs';
export type Checking = CheckOutcome | 'throws' | 'hangs';

const effect = fc.oneof(
  { weight: 14, arbitrary: fc.constant<Effect>('done') },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Effect>(
      'failed',
      'failed-after',
      'partial',
      'lost',
      'lost-after',
      'hangs',
      'hangs-after',
    ),
  },
);
const settling = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Settling>('settled') },
  { weight: 2, arbitrary: fc.constantFrom<Settling>('failed', 'incomplete', 'unknown', 'hangs') },
);
const checking = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Checking>('pass') },
  { weight: 3, arbitrary: fc.constant<Checking>('fail') },
  { weight: 2, arbitrary: fc.constantFrom<Checking>('inconclusive', 'error', 'throws', 'hangs') },
);
/** Most rollouts are not disturbed; those that are, at any call. */
const atSomeCall = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.nat(16) },
);
const mostly = fc.integer({ min: 0, max: 4 }).map((n) => n > 0);
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);

/** Ships and activates at once (Fly, Railway), stages first (Vercel), or deploys by itself (Git deploys). */
export const styles = ['ships-and-activates', 'staged', 'found', 'rollback', 'staged rollback'] as const;
export type Style = (typeof styles)[number];

const ways: Readonly<Record<Style, Pick<RolloutPlan, 'kind' | 'obtain' | 'activation'>>> = {
  'ships-and-activates': { kind: 'deploy', obtain: 'ship', activation: 'with-obtain' },
  staged: { kind: 'deploy', obtain: 'ship', activation: 'separate' },
  found: { kind: 'deploy', obtain: 'find', activation: 'with-obtain' },
  rollback: { kind: 'rollback', obtain: 'choose', activation: 'separate' },
  'staged rollback': { kind: 'rollback', obtain: 'choose', activation: 'separate' },
};

export function scripts(style: Style): fc.Arbitrary<Script> {
  const hasStaging = style.startsWith('staged');
  const plan = fc.record({ onFailure: mostly, barrier: rarely, hasChecks: mostly, staged: rarely }).map(
    ({ onFailure, barrier, hasChecks, staged }): RolloutPlan => ({
      ...ways[style],
      until: style === 'staged' && staged ? 'staged' : 'live',
      onFailure: onFailure ? 'restore' : 'none',
      barrier,
      hasChecks,
      checksStaged: hasChecks && hasStaging,
    }),
  );
  return fc.record({
    plan,
    start: fc.constantFrom<Script['start']>('one', 'one', 'one', 'one', 'one', 'one', 'nothing', 'mixed'),
    verdict: fc.constantFrom<ReleaseVerdict>('pass', 'settled', 'fail', 'inconclusive', 'none'),
    hasLastVerified: mostly,
    alreadyServes: rarely,
    obtain: effect,
    activate: fc.record({ change: effect, restore: effect }),
    settle: fc.record({ change: settling, restore: settling }),
    checks: fc.record({ staged: checking, after: checking, restored: checking }),
    passedBefore: fc.constantFrom<readonly string[]>(['health', 'login'], ['health'], []),
    challengedBefore: rarely,
    // What is there at the first look is what served before, whoever made it.
    foreignAt: atSomeCall.map((at) => (at === 0 ? undefined : at)),
    cancelledAt: atSomeCall,
    deadFrom: atSomeCall,
    killedAt: fc.constant(undefined),
    stranger: rarely,
    latencyMs: fc.constantFrom(5, 400, 20_000),
  });
}
