import { demo, type Fly } from '#local-cloud';
import type { Machine } from '../../packages/local-cloud/src/fly/machine.ts';
import { machinesOf } from './scenes.ts';

/** What runs and what ought to, as the cloud itself knows it. */
export interface Fleet {
  /** Each process group in each region: how many of its machines have been deployed and not been put to rest. */
  readonly owed: Readonly<Record<string, number>>;
  /** By the same names: the version each machine runs, of those that run. */
  readonly running: Readonly<Record<string, readonly string[]>>;
  /** The versions that run where no request comes: workers. */
  readonly unasked: readonly string[];
  /** By the same names: how many of its machines are on lost hosts. */
  readonly lost: Readonly<Record<string, number>>;
  /** What each machine was made or changed to last: equal where nothing was touched. */
  readonly instances: readonly string[];
}

/**
 * Machines on lost hosts are neither owed nor running; those of a release that never became complete are nobody's claim
 * yet. No story puts a machine to rest: one that is stopped has come to its end, and is owed.
 */
export function fleetOf(fly: Fly): Fleet {
  const machines = machinesOf(fly);
  const releases = fly.world.apps.get(demo.fly.app)?.releases ?? [];
  const complete = releases.filter(({ status }) => status === 'complete').map(({ id }) => id);
  const isComplete = ({ config }: Machine) => complete.includes(config.metadata?.fly_release_id ?? '');
  const count = (own: readonly Machine[]) => own.length;
  return {
    owed: byPart(
      machines.filter((machine) => isInSight(machine) && isComplete(machine)),
      count,
    ),
    running: byPart(
      machines.filter((machine) => isInSight(machine) && isRunning(machine)),
      (own) => own.map(versionOf).sort(),
    ),
    unasked: [...new Set(machines.filter(isRunning).filter(isUnasked).map(versionOf))].sort(),
    lost: byPart(
      machines.filter((machine) => !isInSight(machine)),
      count,
    ),
    instances: machines.map(({ id, instanceId }) => `${id} ${instanceId}`).sort(),
  };
}

/** Of the machines that deploys have made. */
function byPart<T>(machines: readonly Machine[], of: (own: readonly Machine[]) => T): Record<string, T> {
  const managed = machines.filter(({ config }) => config.metadata?.fly_platform_version === 'v2');
  const parts = Map.groupBy(
    managed,
    ({ config, region }) => `${config.metadata?.fly_process_group}/${region}`,
  );
  return Object.fromEntries([...parts].map(([name, own]) => [name, of(own)]));
}

function versionOf({ image }: Machine): string {
  return image?.env.VERSION ?? 'nothing known';
}

function isUnasked({ config, hostStatus }: Machine): boolean {
  return hostStatus === 'ok' && (config.services ?? []).length === 0;
}

function isInSight({ hostStatus }: Machine): boolean {
  return hostStatus === 'ok';
}

function isRunning({ state, pid, cordoned }: Machine): boolean {
  return state === 'started' && pid !== undefined && !cordoned;
}
