import type { RolloutPlan } from '../../../packages/core/src/rollout/plan.ts';
import type { Run } from './run-ports.ts';
import type { RolloutScript } from './script.ts';

/** What is fixed of a rollout before it starts. */
export function planOf({ asked }: Run, { hasChecks }: Pick<RolloutScript, 'hasChecks'>): RolloutPlan {
  const common = { until: 'live', barrier: false, hasChecks, checksStaged: false } as const;
  return asked.kind === 'deploy'
    ? { ...common, kind: 'deploy', obtain: 'ship', activation: 'with-obtain', onFailure: 'restore' }
    : { ...common, kind: 'rollback', obtain: 'choose', activation: 'separate', onFailure: 'none' };
}
