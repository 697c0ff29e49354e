import { ownValue } from '../../../text/own-value.ts';
import type { DeploymentClass } from './deployment-status.ts';
import type { WireInstance } from './wire.ts';

/** What an instance is, of a deployment that has the traffic. */
export type InstanceState = 'running' | 'resting' | 'ended' | 'unknown' | 'gone';

/** Statuses: the schema's `DeploymentInstanceStatus`. */
const states: Readonly<Record<string, InstanceState>> = {
  RUNNING: 'running',
  // Not there yet: a replica, or a region, that lags behind.
  CREATED: 'resting',
  INITIALIZING: 'resting',
  STOPPED: 'resting',
  // It is down until it is up again, which one that keeps exiting never is for long.
  RESTARTING: 'ended',
  EXITED: 'ended',
  CRASHED: 'ended',
  REMOVING: 'gone',
  REMOVED: 'gone',
  SKIPPED: 'gone',
};

/** What sleeps has ended too, in good order, and so has what somebody stopped. */
export function instanceState({ status }: WireInstance, of: DeploymentClass): InstanceState {
  const state = ownValue(states, status.toUpperCase()) ?? 'unknown';
  const isAtRest = (of === 'asleep' || of === 'stopped') && status.toUpperCase() === 'EXITED';
  return isAtRest ? 'resting' : state;
}
