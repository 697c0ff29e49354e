import { images } from '#local-cloud';
import type { Fly } from '../../packages/local-cloud/src/fly/index.ts';
import { deploy, type Scenario, tomlWith } from './scenario.ts';

const rolling = tomlWith('  strategy = "rolling"');
const bluegreen = tomlWith('  strategy = "bluegreen"');

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

const withVolume = `${rolling}[mounts]
  source = "data"
  destination = "/data"
`;

const withPolicies = `${withWorker}[[restart]]
  policy = "on-failure"
  retries = 1
[[restart]]
  policy = "always"
  processes = ["worker"]
[[restart]]
  policy = "never"
  processes = ["worker"]
`;

const work = { cmd: ['work'] };
const worker = { machines: 1, config: { init: work } };
const endedWorker = { machines: 1, config: { init: work, env: { SHOP_WORK_ENDS_AFTER_MS: '0' } } };
const stranger = { image: images.v3 };

/** What Fly does to a fleet without being asked, and what others do to it. */
export const unkindScenarios: readonly Scenario[] = [
  {
    name: 'deploy-restart-policies',
    argv: deploy(),
    config: withPolicies,
    app: { groups: { worker } },
    unordered: true,
  },
  {
    name: 'deploy-ended-worker',
    argv: deploy(),
    config: withWorker,
    app: { groups: { worker: endedWorker } },
    unordered: true,
  },
  { name: 'deploy-unmanaged', argv: deploy(), config: rolling, app: { unmanaged: [stranger] } },
  {
    name: 'deploy-only-unmanaged',
    argv: deploy(),
    config: rolling,
    app: { machines: 0, unmanaged: [stranger] },
  },
  {
    name: 'deploy-bluegreen-only-unmanaged',
    argv: deploy(),
    config: bluegreen,
    app: { machines: 0, unmanaged: [stranger] },
  },
  { name: 'deploy-host-lost', argv: deploy(), config: rolling, given: hostLostAndLeased, unordered: true },
  {
    name: 'deploy-host-lost-unleased',
    argv: deploy(),
    config: rolling,
    given: hostLostUnlimited,
    unordered: true,
  },
  {
    name: 'deploy-host-lost-excluded',
    argv: [...deploy(), '--exclude-machines', '9a9f99fd633b1d'],
    config: rolling,
    given: hostLost,
  },
  {
    name: 'deploy-host-lost-volume',
    argv: deploy(),
    config: withVolume,
    app: { volume: 'data' },
    given: hostLost,
  },
];

function hostLost(fly: Fly): void {
  const [first] = fly.world.apps.get('shop')?.machines.values() ?? [];
  if (first) void fly.world.fleet.settled([first]).then(() => fly.world.fleet.loseHost(first));
}

/** flyctl asks for the lease again and again: which of its questions meets the limit is a matter of milliseconds. */
function hostLostUnlimited(fly: Fly): void {
  fly.settings.rateLimits = false;
  hostLost(fly);
}

function hostLostAndLeased(fly: Fly): void {
  fly.settings.lostHostLeases = 'granted';
  hostLost(fly);
}
