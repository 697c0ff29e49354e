import { ActionFailure } from '../../../outcome/failure.ts';
import { clusterSource, type SnapshotSource, volumeSource } from './snapshot-source.ts';
import type { FlyStorageApi } from './storage-api.ts';
import type { WireDatabaseMachine, WireVolume } from './storage-wire.ts';

const managed = 'mpg:';

/**
 * Finds what `snapshot` names, seen from an app: `mpg:<cluster>`, a volume's id, the name of one of the app's volumes, or
 * the name of a Fly Postgres app, whose primary's volume is meant. The first that fits is taken.
 * Failures: `volume-not-found`, `volume-ambiguous`, `cluster-not-found`, `token-rejected`.
 */
export async function findSnapshotSource(
  api: FlyStorageApi,
  app: string,
  wanted: string,
): Promise<SnapshotSource> {
  if (wanted.startsWith(managed)) return cluster(api, wanted.slice(managed.length));
  const volumes = (await api.volumes(app)) ?? [];
  const [volume, ...others] = volumes.filter(({ id, name }) => id === wanted || name === wanted);
  if (volume !== undefined && others.length > 0) throw several(app, wanted, [volume, ...others]);
  if (volume !== undefined) return volumeSource(api, { app, volume });
  if (wanted.startsWith('vol_')) return volumeElsewhere(api, wanted);
  return primaryOf(api, wanted, { app, volumes });
}

async function cluster(api: FlyStorageApi, id: string): Promise<SnapshotSource> {
  const url = await api.cluster(id);
  if (url !== undefined) return clusterSource(api, { id, url });
  throw new ActionFailure({
    code: 'cluster-not-found',
    what: `Fly knows no Managed Postgres cluster \`${id}\` for this token`,
    why: 'a cluster is known by its id, not by its name, and belongs to the organization: a deploy token of an app cannot see it',
    next: 'Correct `snapshot` (`fly mpg list` has the ids), or use a token of the organization.',
  });
}

async function volumeElsewhere(api: FlyStorageApi, id: string): Promise<SnapshotSource> {
  const app = await api.appOfVolume(id);
  const volume = app && (await api.volumes(app))?.find((one) => one.id === id);
  if (app !== undefined && volume) return volumeSource(api, { app, volume });
  throw new ActionFailure({
    code: 'volume-not-found',
    what: `Fly knows no volume \`${id}\` for this token`,
    why: 'it was destroyed, or belongs to an app that the token cannot see',
    next: 'Correct `snapshot` (`fly volumes list --app <app>` has the ids), or use a token that sees its app.',
  });
}

async function primaryOf(
  api: FlyStorageApi,
  database: string,
  seenFrom: { readonly app: string; readonly volumes: readonly WireVolume[] },
): Promise<SnapshotSource> {
  const machines = await api.databaseMachines(database);
  if (machines === undefined || !machines.some(({ checks = [] }) => checks.some(isRole))) {
    throw unknown(database, seenFrom);
  }
  const [primary, ...others] = machines.filter(isPrimary);
  if (primary === undefined || others.length > 0) throw notOnePrimary(database, machines.filter(isPrimary));
  const mounted = primary.config?.mounts?.[0]?.volume;
  const volume = (await api.volumes(database))?.find(({ id }) => id === mounted);
  if (volume !== undefined) return volumeSource(api, { app: database, volume, database: true });
  throw new ActionFailure({
    code: 'volume-not-found',
    what: `The primary of ${database}, machine ${primary.id}, has no volume`,
    next: 'Give the id of the volume that holds the data as `snapshot`.',
  });
}

type Check = NonNullable<WireDatabaseMachine['checks']>[number];

/** Fly Postgres tells its primary by this check alone; `leader` is what its first generation says. */
function isRole({ name }: Check): boolean {
  return name === 'role';
}

function isPrimary({ state, checks = [] }: WireDatabaseMachine): boolean {
  const role = checks.find(isRole);
  return state === 'started' && role?.status === 'passing' && /^(primary|leader)\b/.test(role.output ?? '');
}

function several(app: string, name: string, volumes: readonly WireVolume[]): ActionFailure {
  return new ActionFailure({
    code: 'volume-ambiguous',
    what: `${app} has ${volumes.length} volumes \`${name}\`: ${volumes.map(described).join(', ')}`,
    why: 'each machine has a volume of its own, and their data differ',
    next: 'Give the id of the one whose data matter as `snapshot`.',
  });
}

function described({ id, region, attached_machine_id: machine }: WireVolume): string {
  return `${id} (${region}, ${machine === undefined ? 'not attached' : `machine ${machine}`})`;
}

function unknown(
  wanted: string,
  { app, volumes }: { readonly app: string; readonly volumes: readonly WireVolume[] },
): ActionFailure {
  const there = volumes.map(({ id, name }) => `${name} (${id})`).join(', ') || 'none';
  return new ActionFailure({
    code: 'volume-not-found',
    what: `\`${wanted}\` is neither a volume of ${app} nor a Fly Postgres app that this token sees`,
    why: `the volumes of ${app}: ${there}; a Postgres app is known by its machines’ check \`role\``,
    next: 'Correct `snapshot`; leave it out of an app’s first deploy, which has no volume yet.',
  });
}

function notOnePrimary(app: string, primaries: readonly WireDatabaseMachine[]): ActionFailure {
  const isNone = primaries.length === 0;
  return new ActionFailure({
    code: isNone ? 'volume-not-found' : 'volume-ambiguous',
    what: isNone
      ? `No machine of ${app} says that it is the primary`
      : `${primaries.length} machines of ${app} say that they are the primary: ${primaries.map(({ id }) => id).join(', ')}`,
    why: 'the check `role` of a started machine tells the primary from the replicas',
    next: `Look at \`fly checks list --app ${app}\`, or give the id of the volume that holds the data as \`snapshot\`.`,
  });
}
