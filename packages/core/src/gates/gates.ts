import type { Gate } from './gate.ts';
import { olderThanLive } from './older-than-live.ts';
import { unmanagedMachines } from './unmanaged-machines.ts';

/** Every gate of a rollout, in the order they are asked. The fork rule is asked before there is one: see `standing.ts`. */
export const gates: readonly Gate[] = [olderThanLive, unmanagedMachines];
