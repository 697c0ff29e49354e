import type { RolloutPlan } from '#core/deployment';
import type { RailwayUpInputs } from './inputs.ts';

/** A deploy to Railway: what is uploaded is live once it is built and healthy. */
export function planOf({ onFailure, rollbackBarrier, checks }: RailwayUpInputs): RolloutPlan {
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
