import type { RolloutPlan } from '../rollout/plan.ts';

/** What a deploy that ships is asked with. */
export interface ShippingInputs extends Pick<RolloutPlan, 'onFailure'> {
  readonly rollbackBarrier: boolean;
  readonly checks: string | undefined;
}

/** A deploy where shipping makes the release live. */
export function shippingPlan({ onFailure, rollbackBarrier, checks }: ShippingInputs): RolloutPlan {
  return {
    kind: 'deploy',
    obtain: 'ship',
    activation: 'with-obtain',
    until: 'live',
    onFailure,
    barrier: rollbackBarrier,
    hasChecks: checks !== undefined,
    checksStaged: false,
  };
}
