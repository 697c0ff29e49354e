import type { Gate } from './gate.ts';
import { olderThanLive } from './older-than-live.ts';
import { unmanagedMachines } from './unmanaged-machines.ts';

/** Every gate of a rollout, in the order they are asked. The fork rule is asked before there is one: see `run-trust.ts`. */
export const gates: readonly Gate[] = [olderThanLive, unmanagedMachines];

/** What blocks without being a gate of a rollout, by its reason: whose code a run executes, and whose app it is about. */
export const rulesOfRuns = ['fork', 'outdated', 'not-our-app'] as const;
