import type { PostgresBackup, PostgresCluster } from './model.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';
import { organizationJson } from './uiex.ts';

const uiex = { host: 'api.fly.io', surface: 'uiex', access: 'token' } as const;
const one = '/api/v1/postgresv2/{cluster}';

export const managedPostgresRoutes: readonly Route[] = [
  { ...uiex, name: 'uiex.postgres.get', method: 'GET', path: one, mutation: false, handle: getCluster },
  {
    ...uiex,
    name: 'uiex.postgres.get-first-generation',
    method: 'GET',
    path: '/api/v1/postgres/{cluster}',
    mutation: false,
    handle: getFirstGeneration,
  },
  {
    ...uiex,
    name: 'uiex.postgres.backups.list',
    method: 'GET',
    path: `${one}/backups`,
    mutation: false,
    handle: listBackups,
  },
  {
    ...uiex,
    name: 'uiex.postgres.backups.create',
    method: 'POST',
    path: `${one}/backups`,
    mutation: true,
    handle: createBackup,
  },
];

function getCluster(call: Call) {
  const { id, name, region } = clusterOf(call);
  const data = {
    id,
    name,
    region,
    status: 'ready',
    engine: 'postgres',
    plan: 'basic',
    disk: 10,
    replicas: 1,
    // flyctl takes a cluster without it for one of the first generation, and asks elsewhere.
    mpgd_cluster_id: `mpgd-${id}`,
    organization: organizationJson(call.world.organization),
    ip_assignments: { direct: 'fdaa:0:1:0:1::5' },
    attached_apps: [],
  };
  return { status: 200, body: { data, credentials: {} } };
}

/** There are none: flyctl asks here for what it did not find above. */
function getFirstGeneration(): never {
  throw new Refusal(404, 'cluster not found');
}

function listBackups(call: Call) {
  const now = call.world.doors.clock.now();
  const data = clusterOf(call)
    .backups.toReversed()
    .map((backup) => backupJson(backup, now));
  return { status: 200, body: { data } };
}

function backupJson({ id, type, askedAtMs, takesMs }: PostgresBackup, nowMs: number) {
  const done = nowMs - askedAtMs >= takesMs;
  return {
    id,
    type,
    status: done ? 'completed' : 'in_progress',
    start: new Date(askedAtMs).toISOString(),
    stop: done ? new Date(askedAtMs + takesMs).toISOString() : '',
  };
}

/** Answers no id: whoever waits looks for one that was not listed before. */
function createBackup(call: Call) {
  if (call.token.kind !== 'org') throw new Refusal(403, 'forbidden');
  const cluster = clusterOf(call);
  const { type } = call.body;
  if (type !== 'full' && type !== 'incr') throw new Refusal(422, 'type must be full or incr');
  const { clock, ids, settings } = call.world.doors;
  const takesMs = settings.snapshotMs;
  cluster.backups.push({ id: ids.backup(clock.now()), type, askedAtMs: clock.now(), takesMs });
  return { status: 202, body: { data: { status: 'queued' } } };
}

function clusterOf(call: Call): PostgresCluster {
  const cluster = call.world.clusters.get(param(call, 'cluster'));
  if (cluster === undefined) throw new Refusal(404, 'cluster not found');
  return cluster;
}
