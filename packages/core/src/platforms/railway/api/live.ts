import type { Live, LiveShare, Running } from '../../platform.ts';
import { classOf } from './deployment-status.ts';
import { instanceState } from './instances.ts';
import { newestFirst } from './newest-first.ts';
import { addedUp, countInstances, partsOf, type Sizing } from './parts.ts';
import { type ReleaseFacts, toRelease } from './release.ts';
import type { WireDeployment } from './wire.ts';
import type { WireServiceInstance } from './wire-service.ts';

/** What is asked of a service instance. */
export type LiveQuestion = Sizing & Pick<WireServiceInstance, 'activeDeployments'>;

/** What is known of its deployments beside them: which older one each brought back. */
export interface LiveFacts extends Pick<ReleaseFacts, 'now' | 'plan'> {
  readonly restores?: (id: string) => string | undefined;
  /** Id of the one that Railway has made it again of, by itself: it is that one still. */
  readonly as?: (id: string) => string | undefined;
}

/**
 * What a service serves, by the deployments that Railway calls active. One on its way has no traffic: its address answers
 * 404 until it is SUCCESS. One that is being removed may answer as long as an instance of it runs, and one that crashed
 * has the target while nothing else does.
 */
export function liveOf(instance: LiveQuestion, { restores, as, ...known }: LiveFacts): Live {
  const holders = holdersOf(instance);
  const running = runningOf(holders, instance);
  const shares = sharesOf(holders, instance).map(({ deployment, share }): LiveShare => {
    const facts = { ...known, isActive: true, restores: restores?.(deployment.id) };
    const release = toRelease(deployment, facts);
    return { release: { ...release, id: as?.(deployment.id) ?? release.id, state: 'live' }, share };
  });
  const [first, ...others] = shares;
  if (first === undefined) return { kind: 'nothing', ...running };
  const off = isSwitchedOff(holders, instance) ? { switchedOff: true as const } : {};
  return others.length === 0
    ? { kind: 'one', release: first.release, ...off, ...running }
    : { kind: 'mixed', shares, ...off, ...running };
}

/**
 * The service with what is being removed and still runs, by the list of its deployments: Railway calls that active no more,
 * and a region that lags goes on asking it.
 */
export function withLeaving<S extends LiveQuestion>(service: S, deployments: readonly WireDeployment[]): S {
  const { activeDeployments } = service;
  const isListed = ({ id }: WireDeployment) => activeDeployments.some((one) => one.id === id);
  const leaving = deployments.filter((one) => one.status === 'REMOVING' && runs(one) && !isListed(one));
  return leaving.length === 0
    ? service
    : { ...service, activeDeployments: [...activeDeployments, ...leaving] };
}

/** The deployments that have the traffic, newest first. */
export function holdersOf({ activeDeployments }: LiveQuestion): readonly WireDeployment[] {
  const active = newestFirst(activeDeployments);
  const holding = active.filter((one) => {
    const of = classOf(one);
    if (of === 'live' || of === 'asleep' || of === 'stopped') return true;
    return (of === 'superseded' || of === 'crashed') && runs(one);
  });
  if (holding.length > 0) return withoutOff(holding);
  return active.filter((one) => classOf(one) === 'crashed').slice(0, 1);
}

/** What somebody stopped has no part in what serves while another does. */
function withoutOff(holding: readonly WireDeployment[]): readonly WireDeployment[] {
  const on = holding.filter((one) => classOf(one) !== 'stopped');
  return on.length > 0 ? on : holding;
}

function runs(deployment: WireDeployment): boolean {
  return (deployment.instances ?? []).some(
    (instance) => instanceState(instance, classOf(deployment)) === 'running',
  );
}

interface Sharing {
  readonly deployment: WireDeployment;
  readonly share: number;
}

/** By instances that run. One of which none runs now counts as one: a request may still come to it. */
function sharesOf(holders: readonly WireDeployment[], sizing: Sizing): readonly Sharing[] {
  const weighed = holders.map((deployment) => {
    return { deployment, weight: Math.max(1, countInstances(deployment, sizing)?.running ?? 1) };
  });
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed
    .map(({ deployment, weight }) => ({ deployment, share: weight / total }))
    .sort((one, other) => other.share - one.share);
}

function runningOf(holders: readonly WireDeployment[], sizing: Sizing): Running {
  const parts = holders.map((deployment) => partsOf(deployment, sizing));
  const exits = holders.flatMap(({ instances = [], ...deployment }) =>
    instances
      .filter((instance) => instanceState(instance, classOf(deployment)) === 'ended')
      .map(({ id, status }) => `${id} ${status}`),
  );
  // Where one of them does not tell, the sum would be too small.
  if (parts.includes(undefined)) return { exits };
  return { parts: addedUp(parts.map((part) => part ?? [])), exits };
}

function isSwitchedOff(holders: readonly WireDeployment[], { cronSchedule }: Sizing): boolean {
  return (cronSchedule ?? '') === '' && holders.every((one) => classOf(one) === 'stopped');
}
