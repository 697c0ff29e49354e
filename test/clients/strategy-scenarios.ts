import type { Fly, Machine } from '../../packages/local-cloud/src/fly/index.ts';
import { deploy, flags, type Scenario, tomlWith } from './scenario.ts';

const rolling = tomlWith('  strategy = "rolling"');
const canary = tomlWith('  strategy = "canary"');
const bluegreen = tomlWith('  strategy = "bluegreen"');
const unhealthy = { SHOP_HEALTH: 'failing' };
const crashing = { SHOP_CRASH_AT_START: 'true' };

const withoutChecks = `app = "shop"
primary_region = "iad"
[deploy]
  strategy = "bluegreen"
[http_service]
  internal_port = 8080
`;

/** The image listens on 8080. */
const wrongPort = tomlWith('  strategy = "rolling"', '3000');

const wrongPortUnchecked = `app = "shop"
primary_region = "iad"
[http_service]
  internal_port = 3000
`;

const withWorker = `app = "shop"
primary_region = "iad"
[processes]
  app = ""
  worker = "work"
[http_service]
  internal_port = 8080
  processes = ["app"]
  [[http_service.checks]]
    path = "/healthz"
    interval = "5s"
    timeout = "2s"
`;

/** Six machines one after the other: two that serve for each of two groups, a worker and one that stands by for it. */
const threeGroups = withWorker
  .replace('[processes]', '[processes]\n  api = ""')
  .replace('["app"]', '["app", "api"]');

const withVolume = `${rolling}[mounts]
  source = "data"
  destination = "/data"
`;

const withReleaseCommand = tomlWith('  release_command = "migrate"');
const worker = { machines: 1, config: { init: { cmd: ['work'] } } };

/** Said when the green machines serve and the blue ones are marked; then flyctl waits for ten seconds. */
const switched = 'Waiting before cordoning all blue machines';

export const strategyScenarios: readonly Scenario[] = [
  { name: 'deploy-canary', argv: deploy(), config: canary, apart: 'that server leased no new machine' },
  { name: 'deploy-canary-flag', argv: [...deploy(), '--strategy', 'canary'], config: rolling },
  { name: 'deploy-canary-unhealthy', argv: deploy(), config: canary, image: unhealthy },
  { name: 'deploy-canary-crash', argv: deploy(), config: canary, image: crashing },
  { name: 'deploy-canary-first', argv: deploy(), config: canary, app: { machines: 0 } },
  {
    name: 'deploy-bluegreen',
    argv: deploy(),
    config: bluegreen,
    unordered: true,
    apart: 'that server answered a tag with 200',
  },
  {
    name: 'deploy-bluegreen-unhealthy',
    argv: deploy(),
    config: bluegreen,
    image: unhealthy,
    unordered: true,
  },
  { name: 'deploy-bluegreen-crash', argv: deploy(), config: bluegreen, image: crashing, unordered: true },
  { name: 'deploy-bluegreen-without-checks', argv: deploy(), config: withoutChecks, unordered: true },
  { name: 'deploy-bluegreen-mixed', argv: deploy(), config: bluegreen, given: mixed, unordered: true },
  {
    name: 'deploy-bluegreen-interrupted',
    argv: deploy(),
    config: bluegreen,
    signal: 'SIGINT',
    signalSaid: switched,
    unordered: true,
  },
  {
    name: 'deploy-bluegreen-killed',
    argv: deploy(),
    config: bluegreen,
    signal: 'SIGKILL',
    signalSaid: switched,
    unordered: true,
  },
  { name: 'deploy-new-group', argv: deploy(), config: withWorker, unordered: true },
  {
    name: 'deploy-new-group-ha-false',
    argv: [...deploy(), '--ha=false'],
    config: withWorker,
    unordered: true,
  },
  {
    name: 'deploy-update-only',
    argv: [...deploy(), '--update-only', '--skip-release-command', '--smoke-checks=false'],
    config: withWorker,
    given: withoutRoomForWorkers,
  },
  {
    name: 'deploy-update-only-group-removed',
    argv: [...deploy(), '--update-only'],
    config: rolling,
    app: { groups: { worker } },
    unordered: true,
  },
  {
    name: 'deploy-group-removed',
    argv: deploy(),
    config: rolling,
    app: { groups: { worker } },
    unordered: true,
  },
  { name: 'deploy-groups', argv: deploy(), config: withWorker, app: { groups: { worker } }, unordered: true },
  {
    name: 'deploy-one-group',
    argv: [...deploy(), '--process-groups', 'worker'],
    config: withWorker,
    app: { groups: { worker } },
  },
  {
    name: 'deploy-one-region',
    argv: [...deploy(), '--regions', 'ams'],
    config: rolling,
    app: { regions: ['iad', 'ams'] },
  },
  {
    name: 'deploy-without-region',
    argv: [...deploy(), '--exclude-regions', 'ams'],
    config: rolling,
    app: { regions: ['iad', 'ams'] },
  },
  { name: 'deploy-only-machine', argv: [...deploy(), '--only-machines', '1dff322fcae0de'], config: rolling },
  {
    name: 'deploy-except-machine',
    argv: [...deploy(), '--exclude-machines', '1dff322fcae0de'],
    config: rolling,
  },
  { name: 'deploy-no-machine', argv: [...deploy(), '--only-machines', '00000000000000'], config: rolling },
  {
    name: 'deploy-vm',
    argv: [...deploy(), '--vm-memory', '512', '--vm-cpus', '2', '--vm-cpu-kind', 'shared'],
    config: rolling,
  },
  { name: 'deploy-vm-size', argv: [...deploy(), '--vm-size', 'shared-cpu-2x'], config: rolling },
  { name: 'deploy-primary-region', argv: [...deploy(), '--primary-region', 'ams'], config: rolling },
  {
    name: 'deploy-max-unavailable',
    argv: [...deploy(), '--max-unavailable', '2'],
    config: rolling,
    app: { machines: 3 },
    unordered: true,
  },
  { name: 'deploy-stopped', argv: deploy(), config: rolling, given: stopped, unordered: true },
  {
    name: 'deploy-release-command-hangs',
    argv: [...deploy(), '--release-command-timeout', '2s'],
    config: withReleaseCommand,
    image: { SHOP_COMMAND_HANGS: 'true' },
    unordered: true,
  },
  { name: 'deploy-mounts', argv: deploy(), config: withVolume, app: { volume: 'data' } },
  { name: 'deploy-mounts-dropped', argv: deploy(), config: rolling, app: { volume: 'data', machines: 1 } },
  { name: 'deploy-first-groups', argv: deploy(), config: threeGroups, app: { machines: 0 }, unordered: true },
  {
    name: 'deploy-group-without-room',
    argv: deploy(),
    config: withWorker,
    given: withoutRoomForWorkers,
    unordered: true,
  },
  { name: 'deploy-first-mounts', argv: deploy(), config: withVolume, app: { machines: 0 } },
  {
    name: 'deploy-canary-mounts',
    argv: [...deploy(), '--strategy', 'canary'],
    config: withVolume,
    app: { volume: 'data' },
  },
  { name: 'deploy-first-ha-false', argv: [...deploy(), '--ha=false'], config: rolling, app: { machines: 0 } },
  {
    name: 'deploy-first-no-ips',
    argv: [...deploy(), '--no-public-ips'],
    config: rolling,
    app: { machines: 0 },
  },
  { name: 'deploy-first-flycast', argv: [...deploy(), '--flycast'], config: rolling, app: { machines: 0 } },
  { name: 'deploy-wrong-port', argv: deploy(), config: wrongPort },
  { name: 'deploy-wrong-port-unchecked', argv: deploy(), config: wrongPortUnchecked },
  { name: 'deploy-build-only-image', argv: [...deploy(), '--build-only', '--push'], config: rolling },
  {
    name: 'deploy-build-only-configured',
    argv: ['deploy', '-a', 'shop', '--image-label', 'mine', ...flags, '--build-only', '--push'],
    config: `${rolling}[build]\n  image = "registry.fly.io/shop:v2"\n`,
  },
  {
    name: 'deploy-configured-image',
    argv: ['deploy', '-a', 'shop', ...flags],
    config: `${rolling}[build]\n  image = "registry.fly.io/shop:v2"\n`,
  },
];

function machines(fly: Fly): Machine[] {
  return [...(fly.world.apps.get('shop')?.machines.values() ?? [])];
}

/** One of the two still runs what was there before the release that is current. */
function mixed(fly: Fly): void {
  const [first] = machines(fly);
  const image = fly.world.doors.images.resolve('registry.fly.io/shop:v3');
  if (first && image)
    fly.world.fleet.update(first, { config: { ...first.config, image: image.ref }, skipLaunch: false });
}

function withoutRoomForWorkers({ settings }: Fly): void {
  settings.outOfCapacity = [{ group: 'worker' }];
}

function stopped(fly: Fly): void {
  const [first] = machines(fly);
  if (first) void fly.world.fleet.settled([first]).then(() => fly.world.fleet.stop(first, {}));
}
