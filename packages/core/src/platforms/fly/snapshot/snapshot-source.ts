import type { FlyStorageApi, VolumePlace } from './storage-api.ts';
import type { WireVolume } from './storage-wire.ts';

/** A copy of data as Fly lists it: a volume's snapshot, or a backup of a managed cluster. */
export interface Snapshot {
  /** Empty until its turn has come. */
  readonly id: string;
  /** When it was asked for or begun, ISO 8601; empty until that is known. */
  readonly begun: string;
  readonly state: 'pending' | 'done' | 'failed';
  /** Fly's own word. */
  readonly status: string;
}

/** Something whose data can be copied before a release. */
export interface SnapshotSource {
  /** `volume vol_1 (data, iad) of shop`. */
  readonly label: string;
  list(deadlineMs: number): Promise<readonly Snapshot[]>;
  /** Asks for one more copy. Fly answers at once, and names none. */
  ask(deadlineMs: number): Promise<void>;
  /** The command that makes something new of a copy: nothing is ever overwritten by one. */
  restoreCommand(id: string): string;
}

/** A volume; `database` when it is the primary's of a Fly Postgres app. */
export function volumeSource(
  api: FlyStorageApi,
  { app, volume, database = false }: { app: string; volume: WireVolume; database?: boolean },
): SnapshotSource {
  const place: VolumePlace = { app, volume: volume.id };
  return {
    label: `volume ${volume.id} (${volume.name}, ${volume.region}) of ${app}`,
    list: async (deadlineMs) =>
      (await api.snapshots(place, deadlineMs)).map(({ id = '', status, created_at: begun = '' }) => ({
        id,
        begun,
        status,
        state: stateOf(status, 'created'),
      })),
    ask: (deadlineMs) => api.askForSnapshot(place, deadlineMs),
    restoreCommand: (id) =>
      database
        ? `fly postgres create --snapshot-id ${id}`
        : `fly volumes create ${volume.name} --snapshot-id ${id} --region ${volume.region} --app ${app}`,
  };
}

/** A cluster of Managed Postgres, which is the organization's and no app's. */
export function clusterSource(
  api: FlyStorageApi,
  { id: cluster, url }: { id: string; url: string },
): SnapshotSource {
  return {
    label: `Managed Postgres cluster ${cluster}`,
    list: async (deadlineMs) =>
      (await api.backups(url, deadlineMs)).map(({ id = '', status, start: begun = '' }) => ({
        id,
        begun,
        status,
        state: stateOf(status, 'completed'),
      })),
    ask: (deadlineMs) => api.askForBackup(url, deadlineMs),
    restoreCommand: (id) => `fly mpg restore ${cluster} --backup-id ${id}`,
  };
}

/** What Fly calls a copy that came to nothing is not established: any word of that kind counts. */
function stateOf(status: string, done: string): Snapshot['state'] {
  if (status === done) return 'done';
  return /fail|error|cancel|abort/i.test(status) ? 'failed' : 'pending';
}
