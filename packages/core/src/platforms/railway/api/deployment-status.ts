import { ownValue } from '../../../text/own-value.ts';
import type { WireDeployment } from './wire.ts';

/** What a deployment's status means to who waits for it. Statuses: the schema's `DeploymentStatus`. */
export type DeploymentClass =
  /** On its way. */
  | 'in-flight'
  /** On its way, once the checks of its commit have ended: “Wait for CI”. */
  | 'waiting'
  /** Stands still until a person approves it. */
  | 'needs-approval'
  | 'live'
  /** Serves: the next request wakes it. */
  | 'asleep'
  /** It was live, and all of its instances have been stopped, or have ended in good order. */
  | 'stopped'
  | 'failed'
  /** Its process kept exiting, and is not started any more. */
  | 'crashed'
  /** Nothing was built: what served still serves. */
  | 'skipped'
  /** Another took its place, or it was removed or cancelled: the normal state of what once served. */
  | 'superseded'
  /** Newer than our table: taken to be on its way, with a warning. */
  | 'unknown';

const classes: Readonly<Record<string, DeploymentClass>> = {
  QUEUED: 'in-flight',
  INITIALIZING: 'in-flight',
  BUILDING: 'in-flight',
  DEPLOYING: 'in-flight',
  WAITING: 'waiting',
  NEEDS_APPROVAL: 'needs-approval',
  SUCCESS: 'live',
  SLEEPING: 'asleep',
  FAILED: 'failed',
  CRASHED: 'crashed',
  SKIPPED: 'skipped',
  REMOVING: 'superseded',
  REMOVED: 'superseded',
  // Not in the schema: seen for a queued one that a newer one overtook.
  CANCELLED: 'superseded',
};

/** A service that somebody stopped is SUCCESS still, and says by a flag that all its instances have stopped. */
export function classOf({
  status,
  deploymentStopped,
}: Pick<WireDeployment, 'status' | 'deploymentStopped'>): DeploymentClass {
  const found = ownValue(classes, status.toUpperCase()) ?? 'unknown';
  return found === 'live' && deploymentStopped === true ? 'stopped' : found;
}

const ends: readonly DeploymentClass[] = [
  'live',
  'asleep',
  'stopped',
  'failed',
  'crashed',
  'skipped',
  'superseded',
];

/** Whether it comes to nothing else by itself. A live one may crash still, and one that waits for a person may wait for ever. */
export function isFinal(one: DeploymentClass): boolean {
  return ends.includes(one);
}

/** Whether it is on its way, as far as is known. */
export function isUnderWay(one: DeploymentClass): boolean {
  return !isFinal(one) && one !== 'needs-approval';
}

/** What to warn of a status that nobody here knows; undefined where it is known. */
export function unknownStatusWarning({
  status,
}: Pick<WireDeployment, 'status' | 'deploymentStopped'>): string | undefined {
  if (ownValue(classes, status.toUpperCase()) !== undefined) return undefined;
  return `Railway calls the deployment ${status}, which this version of Belay does not know: it is taken to be on its way.`;
}
