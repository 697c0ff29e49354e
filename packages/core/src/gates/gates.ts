import { fork } from './fork.ts';
import type { Gate } from './gate.ts';
import { olderThanLive } from './older-than-live.ts';
import { unmanagedMachines } from './unmanaged-machines.ts';

/** Every gate, in the order they are asked. */
export const gates: readonly Gate[] = [fork, olderThanLive, unmanagedMachines];
