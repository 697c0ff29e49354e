import type { FlyApi } from './api.ts';
import type { AppConfig } from './config-file.ts';
import type { FreeVolume } from './deployment.ts';
import { type Deployment, type Machine, shownName } from './deployment.ts';
import { CommandError } from './errors.ts';
import type { MachineMount } from './machine-config.ts';
import { ofGroup, processGroups } from './process-groups.ts';
import { err, out } from './terminal.ts';

interface Place {
  readonly api: FlyApi;
  readonly app: string;
  readonly config: AppConfig;
}

/** The volumes that nothing is attached to: asked for once, taken one by one. */
export async function freeVolumes({ api, app, config }: Place): Promise<FreeVolume[]> {
  if ((config.mounts ?? []).length === 0) return [];
  const all: (FreeVolume & { attached_machine_id?: string | null; host_status?: string })[] = await api.flaps(
    'GET',
    `${app}/volumes`,
  );
  return all.filter(
    ({ attached_machine_id: machine, host_status: host }) => (machine ?? null) === null && host === 'ok',
  );
}

/** A first deploy makes a volume for each group that mounts one and finds none. */
export async function provisionVolumes(place: Place, pool: FreeVolume[], guest: object): Promise<void> {
  const { api, app, config } = place;
  const found = pool.map(({ name }) => name);
  for (const group of processGroups(config)) {
    for (const { source: name = '' } of ofGroup(config, group).mounts ?? []) {
      const index = found.indexOf(name);
      if (index !== -1) {
        found.splice(index, 1);
        continue;
      }
      const advice = "Use 'fly vol extend' to increase its size";
      out(`Creating a 1 GB volume named '${name}' for process group '${group}'. ${advice}`);
      const body = { ...unspecified, name, region: config.primary_region ?? '', size_gb: 1, ...guest };
      pool.push(await api.flaps('POST', `${app}/volumes`, { body }));
    }
  }
}

const unspecified = {
  encrypted: true,
  require_unique_zone: null,
  unique_zone_app_wide: null,
  snapshot_retention: null,
  auto_backup_enabled: null,
  fstype: null,
  snapshot_id: null,
  source_volume_id: null,
};

/** Takes a volume for a new machine of the group. */
export function takeMount(
  { config, volumes }: Deployment,
  group: string,
): readonly MachineMount[] | undefined {
  const [mount] = ofGroup(config, group).mounts ?? [];
  if (mount === undefined) return undefined;
  const { source: name = '', destination: path = '' } = mount;
  const region = config.primary_region ?? 'iad';
  const index = volumes.findIndex((volume) => volume.name === name && volume.region === region);
  const [volume] = index === -1 ? [] : volumes.splice(index, 1);
  if (volume !== undefined) return [{ path, volume: volume.id, name }];
  const wants = `needs an unattached volume named '${name}' in region '${region}'`;
  throw new CommandError(`error creating machine configuration: New machine in group '${group}' ${wants}`);
}

/** A machine would lose its volume. flyctl asks, and where nobody can answer, refuses: `--yes` or not. */
export function assertKeepsVolumes(machines: readonly Machine[], config: AppConfig): void {
  const losing = machines.find(
    ({ config: before }) => (before?.mounts ?? []).length > 0 && (config.mounts ?? []).length === 0,
  );
  if (losing === undefined) return;
  err(`Warning! machine ${shownName(losing)} has a volume mounted but app config does not specify a volume.`);
  err('This usually indicates a misconfiguration.');
  throw new CommandError('yes flag must be specified when not running interactively');
}
