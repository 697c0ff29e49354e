import type { Part } from '../../platform.ts';
import { classOf } from './deployment-status.ts';
import { type InstanceState, instanceState } from './instances.ts';
import type { WireDeployment } from './wire.ts';
import type { WireServiceInstance } from './wire-service.ts';

/** The settings of a service that say what has to run of it. */
export type Sizing = Pick<
  WireServiceInstance,
  'serviceName' | 'region' | 'numReplicas' | 'sleepApplication' | 'cronSchedule'
>;

/** How many instances there are in each state. */
export type Counted = Readonly<Record<InstanceState, number>>;

/** The instances of a deployment; undefined where Railway tells of none. What sleeps may have none, and has all its replicas at rest. */
export function countInstances(deployment: WireDeployment, sizing: Sizing): Counted | undefined {
  const { instances } = deployment;
  const of = classOf(deployment);
  const isHere = (state: InstanceState) => state !== 'gone';
  const states = (instances ?? []).map((instance) => instanceState(instance, of));
  const count = (state: InstanceState) => states.filter((one) => one === state).length;
  const all = { running: 0, resting: 0, ended: 0, unknown: 0, gone: 0 };
  if (states.some(isHere)) {
    for (const state of Object.keys(all) as InstanceState[]) all[state] = count(state);
    return all;
  }
  if (of === 'asleep' || of === 'stopped') return { ...all, resting: wantedReplicas(deployment, sizing) };
  return instances === undefined ? undefined : all;
}

/** Region → replicas that are wanted of a deployment, by its own configuration, else by the settings in force. */
export function wantedRegions(
  { meta }: Pick<WireDeployment, 'meta'>,
  { region, numReplicas }: Sizing,
): Readonly<Record<string, number>> {
  const { regions } = meta.manifest;
  if (Object.keys(regions).length > 0) return regions;
  return region === undefined ? {} : { [region]: numReplicas ?? 1 };
}

function wantedReplicas(deployment: WireDeployment, sizing: Sizing): number {
  const regions = Object.values(wantedRegions(deployment, sizing));
  return regions.length === 0 ? (sizing.numReplicas ?? 1) : regions.reduce((sum, one) => sum + one, 0);
}

/** How many instances have ended that its configuration wants to run. What was replaced since, or runs by a schedule, is not missed. */
export function endedAndMissed(deployment: WireDeployment, sizing: Sizing): number {
  const counted = countInstances(deployment, sizing);
  if (counted === undefined || (sizing.cronSchedule ?? '') !== '') return 0;
  const { running, resting, ended } = counted;
  return Math.max(0, Math.min(ended, wantedReplicas(deployment, sizing) - running - resting));
}

/**
 * What runs of one deployment, a part for each region that it is configured for: `web/us-west2`. Railway does not tell in
 * which region an instance is. Where all that is wanted runs, each region has its own; where some is missing, it may be
 * missing in any, so that each region is told to have no more than it surely has.
 */
export function partsOf(deployment: WireDeployment, sizing: Sizing): readonly Part[] | undefined {
  const counted = countInstances(deployment, sizing);
  if (counted === undefined) return undefined;
  const { serviceName: name, sleepApplication, cronSchedule } = sizing;
  const isCron = cronSchedule !== undefined && cronSchedule !== '';
  const of = classOf(deployment);
  const wakes = isCron || (sleepApplication === true && of !== 'stopped') || of === 'asleep';
  const regions = Object.entries(wantedRegions(deployment, sizing));
  const [only, ...others] = regions;
  const whole = { running: counted.running, resting: counted.resting, ended: counted.ended };
  if (only === undefined || others.length === 0) {
    const place = only === undefined ? name : `${name}/${only[0]}`;
    return [{ name: place, ...whole, unknown: counted.unknown, wakes }];
  }
  return regions.map(([region, wanted]) => {
    const sure = (state: keyof typeof whole) => surelyIn(wanted, regions, counted[state]);
    const here = { running: sure('running'), resting: sure('resting') };
    const ended = Math.min(counted.ended, Math.max(0, wanted - here.running - here.resting));
    return { name: `${name}/${region}`, ...here, ended, unknown: counted.unknown, wakes };
  });
}

/** Of so many there are, as many as are in a region wherever the missing ones are missing. */
function surelyIn(wanted: number, regions: readonly (readonly [string, number])[], there: number): number {
  const all = regions.reduce((sum, [, replicas]) => sum + replicas, 0);
  return Math.min(wanted, Math.max(0, there - (all - wanted)));
}

/** The parts of several deployments that serve side by side, as one fleet. */
export function addedUp(fleets: readonly (readonly Part[])[]): readonly Part[] {
  const groups = Map.groupBy(fleets.flat(), ({ name }) => name);
  return [...groups].map(([name, parts]) => {
    const sum = (count: 'running' | 'resting' | 'ended' | 'unknown') =>
      parts.reduce((total, part) => total + part[count], 0);
    return {
      name,
      running: sum('running'),
      resting: sum('resting'),
      ended: sum('ended'),
      unknown: sum('unknown'),
      wakes: parts.some(({ wakes }) => wakes),
    };
  });
}
