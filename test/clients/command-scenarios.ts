import type { Fly } from '../../packages/local-cloud/src/fly/index.ts';
import { macaroon } from '../../packages/local-cloud/src/fly/index.ts';
import { takeSnapshot } from '../../packages/local-cloud/src/fly/volume.ts';
import type { Scenario } from './scenario.ts';

const shop = ['-a', 'shop'];
const volume = 'vol_1';
const cluster = 'pg1';
const token = macaroon('a@b.c');

export const commandScenarios: readonly Scenario[] = [
  {
    name: 'secrets-import-stage',
    argv: ['secrets', 'import', '--stage', ...shop],
    stdin: 'A=1\nB="two words"\n',
  },
  {
    name: 'secrets-import-lines',
    argv: ['secrets', 'import', '--stage', ...shop],
    stdin: 'A=1 # one\n# a remark\n\nB=\'single\'\nC="""two\nlines"""\nD=a=b\nE= spaced \n',
  },
  { name: 'secrets-import-empty', argv: ['secrets', 'import', '--stage', ...shop], stdin: '\n' },
  { name: 'secrets-import-malformed', argv: ['secrets', 'import', '--stage', ...shop], stdin: 'A\n' },
  { name: 'secrets-set-stage', argv: ['secrets', 'set', 'A=1', 'B=2', '--stage', ...shop] },
  { name: 'secrets-set', argv: ['secrets', 'set', 'A=1', ...shop], unordered: true },
  { name: 'secrets-list', argv: ['secrets', 'list', '--json', ...shop], given: staged },
  { name: 'secrets-deploy', argv: ['secrets', 'deploy', '--dns-checks=false', ...shop], given: staged },
  { name: 'secrets-deploy-undeployed', argv: ['secrets', 'deploy', ...shop], app: { machines: 0 } },
  { name: 'apps-create', argv: ['apps', 'create', 'pr-1-shop', '--org', 'demo'] },
  { name: 'apps-create-taken', argv: ['apps', 'create', 'shop', '--org', 'demo'] },
  { name: 'apps-create-misnamed', argv: ['apps', 'create', 'Pr_1', '--org', 'demo'] },
  { name: 'apps-create-org-unknown', argv: ['apps', 'create', 'pr-1-shop', '--org', 'nobody'] },
  {
    name: 'apps-destroy',
    argv: ['apps', 'destroy', 'shop', '-y'],
    apart: 'that server answered with 200',
  },
  { name: 'apps-destroy-unknown', argv: ['apps', 'destroy', 'missing', '-y'] },
  { name: 'apps-destroy-unconfirmed', argv: ['apps', 'destroy', 'shop'] },
  { name: 'apps-list', argv: ['apps', 'list', '--json'] },
  { name: 'apps-list-org', argv: ['apps', 'list', '--org', 'demo', '--json'] },
  {
    name: 'ips-list',
    argv: ['ips', 'list', '--json', ...shop],
    app: { ips: ['v6', 'shared_v4', 'private_v6'] },
  },
  { name: 'ips-list-none', argv: ['ips', 'list', '--json', ...shop] },
  { name: 'ips-allocate-private', argv: ['ips', 'allocate-v6', '--private', ...shop] },
  { name: 'ips-allocate-shared', argv: ['ips', 'allocate-v4', '--shared', ...shop] },
  { name: 'ips-release', argv: ['ips', 'release', '2001:db8::10', ...shop], app: { ips: ['v6'] } },
  { name: 'volumes-list', argv: ['volumes', 'list', '--json', ...shop], app: { volume: 'data' } },
  { name: 'snapshot-create', argv: ['volumes', 'snapshots', 'create', volume, ...shop], given: withVolume },
  {
    name: 'snapshot-create-without-app',
    argv: ['volumes', 'snapshots', 'create', volume],
    given: withVolume,
  },
  { name: 'snapshot-create-unknown', argv: ['volumes', 'snapshots', 'create', 'vol_nope', ...shop] },
  {
    name: 'snapshot-list',
    argv: ['volumes', 'snapshots', 'list', volume, '--json', ...shop],
    given: withSnapshots,
  },
  {
    name: 'mpg-backup-create',
    argv: ['mpg', 'backup', 'create', cluster, '--type', 'full'],
    token,
    given: withCluster,
  },
  { name: 'mpg-backup-list', argv: ['mpg', 'backup', 'list', cluster, '--json'], token, given: withBackups },
  {
    name: 'mpg-backup-list-none',
    argv: ['mpg', 'backup', 'list', cluster, '--json'],
    token,
    given: withCluster,
  },
  { name: 'mpg-cluster-unknown', argv: ['mpg', 'backup', 'create', 'nope'], token, given: withCluster },
  { name: 'mpg-token-old', argv: ['mpg', 'backup', 'list', cluster, '--json'], given: withCluster },
];

function staged(fly: Fly): void {
  const app = appOf(fly);
  // Whether a secret is staged is told by times: those of its change and of the release that runs.
  fly.world.doors.clock.advance(1_000);
  fly.world.setSecrets(app, { A: '1', B: '2' });
}

function appOf(fly: Fly) {
  const app = fly.world.apps.get('shop');
  if (app === undefined) throw new Error('no app shop');
  return app;
}

function withVolume(fly: Fly): void {
  fly.createVolume('shop', { name: 'data', id: volume });
}

function withSnapshots(fly: Fly): void {
  withVolume(fly);
  const data = appOf(fly).volumes.get(volume);
  const { clock, ids } = fly.world.doors;
  if (data === undefined) return;
  takeSnapshot(data, { id: ids.snapshot(), nowMs: clock.now() - 60_000, takesMs: 1_000 });
  takeSnapshot(data, { id: ids.snapshot(), nowMs: clock.now() - 30_000, takesMs: Number.POSITIVE_INFINITY });
}

function withCluster(fly: Fly): void {
  fly.world.addToken({ value: token, kind: 'org', email: 'a@b.c' });
  fly.createCluster({ id: cluster, name: 'main', region: 'iad' });
}

function withBackups(fly: Fly): void {
  withCluster(fly);
  const { clock, ids } = fly.world.doors;
  const at = clock.now() - 60_000;
  fly.world.clusters.get(cluster)?.backups.push(
    { id: ids.backup(at), type: 'full', askedAtMs: at, takesMs: 1_000 },
    {
      id: ids.backup(at + 30_000),
      type: 'incr',
      askedAtMs: at + 30_000,
      takesMs: Number.POSITIVE_INFINITY,
    },
  );
}
