import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { appName } from './config-file.ts';
import { CommandError, messageOf } from './errors.ts';
import { out, printJson } from './terminal.ts';

const basicQuery =
  'query ($appName: String!) { appbasic:app(name: $appName) { id name platformVersion organization { id internalNumericId slug rawSlug paidPlan } } }';
const appOfVolumeQuery = 'query($id: ID!) { volume: volume(id: $id) { ... on Volume { app { name } } } }';

interface Volume {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly size_gb: number;
  readonly region: string;
  readonly zone: string;
  readonly encrypted: boolean;
  readonly attached_machine_id?: string;
  readonly created_at: string;
  readonly snapshot_retention: number;
  readonly auto_backup_enabled: boolean;
  readonly host_status: string;
}

const gone: readonly string[] = [
  'scheduling_destroy',
  'fork_cleanup',
  'waiting_for_detach',
  'pending_destroy',
  'destroying',
];

export async function listVolumes(args: Arguments, api: FlyApi): Promise<void> {
  const app = appName(args);
  await api.graphql({ query: basicQuery, variables: { appName: app } });
  const volumes: Volume[] = await api.flaps('GET', `${app}/volumes`);
  const shown = volumes.filter(({ state }) => args.flags.has('all') || !gone.includes(state));
  printJson(
    shown.map((volume) => ({
      id: volume.id,
      name: volume.name,
      state: volume.state,
      size_gb: volume.size_gb,
      region: volume.region,
      zone: volume.zone,
      encrypted: volume.encrypted,
      attached_machine_id: volume.attached_machine_id ?? null,
      attached_alloc_id: null,
      created_at: volume.created_at,
      host_dedication_id: '',
      snapshot_retention: volume.snapshot_retention,
      auto_backup_enabled: volume.auto_backup_enabled,
      host_status: volume.host_status,
    })),
  );
}

export async function createSnapshot(args: Arguments, api: FlyApi): Promise<void> {
  const [id = ''] = args.words;
  const app = await appOfVolume(args, api, id);
  await api.flaps('POST', `${app}/volumes/${id}/snapshots`).catch((error) => {
    throw new CommandError(`failed to snapshot ${id}: ${messageOf(error)}`, { cause: error });
  });
  out(`Scheduled to snapshot volume ${id}`);
}

export async function listSnapshots(args: Arguments, api: FlyApi): Promise<void> {
  const [id = ''] = args.words;
  const app = await appOfVolume(args, api, id);
  const path = `${app}/volumes/${id}/snapshots`;
  const snapshots: { created_at: string }[] = await api.flaps('GET', path).catch((error) => {
    const why = `failed to get volume ${id} snapshots: ${messageOf(error)}`;
    throw new CommandError(`failed retrieving snapshots: ${why}`, { cause: error });
  });
  printJson(snapshots.toSorted((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at)));
}

async function appOfVolume(args: Arguments, api: FlyApi, id: string): Promise<string> {
  const name = args.values.app ?? process.env.FLY_APP;
  if (name !== undefined && name !== '') return name;
  const { volume } = await api.graphql({ query: appOfVolumeQuery, variables: { id } });
  return volume.app.name;
}
