import type { FlyApi } from './api.ts';
import { type Arguments, names } from './arguments.ts';
import type { AppConfig } from './config-file.ts';
import { type Deployment, groupOf, type Machine } from './deployment.ts';
import { CommandError, messageOf } from './errors.ts';
import { processGroups } from './process-groups.ts';
import { err } from './terminal.ts';
import { activeMachines, assertNoneDetached, isManaged, isOfTheApp, warnOfNoManaged } from './unmanaged.ts';
import { freeVolumes } from './volume-pool.ts';

interface Place {
  readonly api: FlyApi;
  readonly app: string;
  readonly config: AppConfig;
  readonly signal: AbortSignal;
}

/** The machines and groups that a deploy is about. Where the filters leave no machine of a group, flyctl makes new ones. */
export async function fleetFor(
  args: Arguments,
  place: Place,
): Promise<Pick<Deployment, 'machines' | 'groups' | 'volumes'> & { isFirst: boolean }> {
  const { api, app, config, signal } = place;
  const all = await appMachines(api, app, signal);
  const filters = filtersOf(args);
  const machines = all.filter((machine) => filters.every(({ admits }) => admits(machine)));
  const only = names(args, 'process-groups');
  const groups = processGroups(config).filter((group) => only?.has(group) ?? true);
  const isBluegreen = config.deploy?.strategy === 'bluegreen' && machines.length === 0;
  const others = all.length === 0 || isBluegreen ? await activeMachines(api, app, signal) : [];
  if (isBluegreen) assertNoneDetached(others, groups);
  const isFirst = all.length === 0 && others.length > 0;
  if (isFirst) warnOfNoManaged();
  if (filters.length > 0) {
    const named = filters.map(({ flag }) => `--${flag}`).join('/');
    const plural = filters.length > 1 ? 's' : '';
    err(`${named} filter${plural} applied, deploying to ${machines.length}/${all.length} machines`);
  }
  const volumes = await freeVolumes(place);
  return { machines, volumes, groups, isFirst };
}

/** The machines that deploys made, without those of release commands. */
export async function appMachines(api: FlyApi, app: string, signal?: AbortSignal): Promise<Machine[]> {
  const all: Machine[] = await api.flaps('GET', `${app}/machines`, { signal }).catch((error) => {
    throw new CommandError(`failed to list VMs even after retries: ${messageOf(error)}`, { cause: error });
  });
  return all.filter((machine) => isManaged(machine) && isOfTheApp(machine));
}

function filtersOf(args: Arguments) {
  const only = (flag: string, read: (machine: Machine) => string) => ({ flag, read, wanted: true });
  const except = (flag: string, read: (machine: Machine) => string) => ({ flag, read, wanted: false });
  return [
    only('regions', ({ region }) => region),
    except('exclude-regions', ({ region }) => region),
    only('only-machines', ({ id }) => id),
    except('exclude-machines', ({ id }) => id),
    only('process-groups', groupOf),
  ].flatMap(({ flag, read, wanted }) => {
    const given = names(args, flag);
    if (given === undefined) return [];
    return [{ flag, admits: (machine: Machine) => given.has(read(machine)) === wanted }];
  });
}
