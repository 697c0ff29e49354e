import type { FaultRule } from '#local-cloud';
import { answers, deploy, image, type Scenario, tomlWith } from './scenario.ts';

const rolling = tomlWith('  strategy = "rolling"');
const withReleaseCommand = tomlWith('  strategy = "rolling"\n  release_command = "migrate"');

const full = `app = "shop"
primary_region = "iad"
kill_signal = "SIGTERM"
kill_timeout = 7
[env]
  A = "1"
[deploy]
  wait_timeout = "9s"
[http_service]
  internal_port = 8080
  force_https = true
  auto_start_machines = true
  min_machines_running = 1
  [http_service.concurrency]
    type = "requests"
    soft_limit = 20
    hard_limit = 25
  [[http_service.checks]]
    grace_period = "2s"
    path = "/healthz"
    interval = "1s"
    timeout = "2s"
    method = "GET"
    [http_service.checks.headers]
      X-From = "fly"
[checks.top]
  type = "http"
  port = 8080
  path = "/healthz"
  interval = "2s"
  timeout = "2s"
[[restart]]
  policy = "always"
  retries = 3
`;

const machinesList = 'flaps.machines.list';
const releasesCreate = 'uiex.releases.create';
const requestId = { 'fly-request-id': 'req1' };
const stalledWait: FaultRule = { route: 'flaps.machines.wait', kind: 'stall' };

export const deployScenarios: readonly Scenario[] = [
  { name: 'whoami', argv: ['auth', 'whoami'] },
  { name: 'whoami-json', argv: ['auth', 'whoami', '--json'] },
  { name: 'releases', argv: ['releases', '-a', 'shop', '--json'] },
  { name: 'status', argv: ['status', '-a', 'shop', '--json'] },
  { name: 'machine-list', argv: ['machine', 'list', '-a', 'shop', '--json'] },
  { name: 'checks-list', argv: ['checks', 'list', '-a', 'shop', '--json'] },
  { name: 'image-show', argv: ['image', 'show', '-a', 'shop', '--json'], unordered: true },
  { name: 'config-validate', argv: ['config', 'validate', '-a', 'shop'], config: rolling },
  { name: 'deploy-rolling', argv: deploy(), config: rolling },
  { name: 'deploy-immediate', argv: deploy(), config: tomlWith('  strategy = "immediate"'), unordered: true },
  {
    name: 'deploy-strategy-flag',
    argv: [...deploy(), '--strategy', 'immediate'],
    config: rolling,
    unordered: true,
  },
  {
    name: 'deploy-default-checks',
    argv: ['deploy', '-a', 'shop', '--image', image, '--yes'],
    config: rolling,
  },
  { name: 'deploy-stored-config', argv: deploy() },
  { name: 'deploy-full-config', argv: [...deploy(), '-e', 'B=2'], config: full },
  { name: 'deploy-first', argv: deploy(), config: rolling, app: { machines: 0 } },
  { name: 'deploy-release-command', argv: deploy(), config: withReleaseCommand, unordered: true },
  {
    name: 'deploy-release-command-fails',
    argv: deploy(),
    config: withReleaseCommand,
    image: { SHOP_EXIT_CODE: '3' },
    unordered: true,
  },
  {
    name: 'deploy-skip-release-command',
    argv: [...deploy(), '--skip-release-command'],
    config: withReleaseCommand,
  },
  { name: 'deploy-image-unknown', argv: deploy('shop', 'registry.fly.io/shop:nope'), config: rolling },
  { name: 'deploy-app-unknown', argv: deploy('missing'), config: rolling },
  { name: 'releases-app-unknown', argv: ['releases', '-a', 'missing', '--json'] },
  { name: 'deploy-unhealthy', argv: deploy(), config: rolling, image: { SHOP_HEALTH: 'failing' } },
  { name: 'deploy-crash', argv: deploy(), config: rolling, image: { SHOP_CRASH_AT_START: 'true' } },
  { name: 'deploy-lease-held', argv: deploy(), config: rolling, leaseHeldBy: 'bob@x.io', unordered: true },
  {
    name: 'deploy-final-patch-504',
    argv: deploy(),
    config: rolling,
    faults: [answers('uiex.releases.patch', 504, { detail: 'gateway' }, { nth: 2, count: 3 })],
  },
  {
    name: 'deploy-release-503',
    argv: deploy(),
    config: rolling,
    faults: [answers(releasesCreate, 503, { detail: 'unavailable' })],
  },
  {
    name: 'deploy-release-429',
    argv: deploy(),
    config: rolling,
    faults: [answers(releasesCreate, 429, { detail: 'slow down' })],
  },
  {
    name: 'deploy-release-401',
    argv: deploy(),
    config: rolling,
    faults: [answers(releasesCreate, 401, { detail: 'unauthorized' })],
  },
  {
    name: 'deploy-machines-429',
    argv: deploy(),
    config: rolling,
    faults: [answers(machinesList, 429, { error: 'rate limit exceeded' }, { headers: requestId })],
  },
  {
    name: 'deploy-machines-401',
    argv: deploy(),
    config: rolling,
    faults: [answers(machinesList, 401, { error: 'unauthorized' }, { headers: requestId })],
  },
  {
    name: 'deploy-machines-html-502',
    argv: deploy(),
    config: rolling,
    faults: [
      answers(machinesList, 502, '<html>Bad Gateway</html>', { headers: { 'content-type': 'text/html' } }),
    ],
  },
  {
    name: 'deploy-bad-config',
    argv: deploy(),
    config: 'app = "shop"\n[http_service]\n  internal_port = "x"\n',
  },
  { name: 'deploy-no-token', argv: deploy(), config: rolling, token: '' },
  {
    name: 'deploy-sigint',
    argv: deploy(),
    config: rolling,
    signal: 'SIGINT',
    faults: [stalledWait],
    unordered: true,
  },
  {
    name: 'deploy-sigterm',
    argv: deploy(),
    config: rolling,
    signal: 'SIGTERM',
    faults: [stalledWait],
    unordered: true,
  },
];
