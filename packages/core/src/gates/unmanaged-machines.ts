import { describeUnmanagedTarget } from '../platforms/unmanaged.ts';
import type { Gate } from './gate.ts';

/**
 * Refuses to ship beside machines that take the target's traffic and that no deploy would change: a share of the answers
 * would go on coming from them. Not by `force`: `accept-machines` passes it machine by machine, and keeps them in the
 * summary.
 */
export const unmanagedMachines: Gate = {
  name: 'unmanaged-machines',
  forcible: false,
  asks: ['deploy'],
  answer({ live: { unmanaged = [] } }) {
    if (unmanaged.length === 0) return { kind: 'pass' };
    return { kind: 'blocked', reason: 'unmanaged-machines', ...describeUnmanagedTarget(unmanaged) };
  },
};
