import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { demo, Fly, github, images, type ServiceFactory } from '#local-cloud';
import { openStage, type Stage } from '../../../scripts/stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

/** `app` in two regions, and one worker. */
const seed: ServiceFactory<Fly> = (context) =>
  new Fly(context, (fly) => {
    fly.world.addToken({ value: demo.fly.token, kind: 'org', email: 'demo@example.com' });
    const worker = { machines: 1, config: { init: { cmd: ['work'] } } };
    fly.createApp({
      name: demo.fly.app,
      image: images.v1,
      machines: 2,
      regions: ['iad', 'ams'],
      groups: { worker },
    });
  });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ flyctl: 'stand-in', cloud: { services: [seed, github] } });
  writeFileSync(join(stage.workspace, 'groups.toml'), toml);
});
beforeEach(() => stage.cloud.reset());
afterAll(() => stage.close());

const machines = () => [...(stage.cloud.service(seed).world.apps.get(demo.fly.app)?.machines.values() ?? [])];
const fleet = () =>
  machines()
    .filter(({ state }) => !state.startsWith('destroy'))
    .map(({ region, config: { metadata = {} } }) => {
      return `${metadata.fly_process_group} ${region} v${metadata.fly_release_version}`;
    });
function deploy(inputs: Readonly<Record<string, string>>) {
  const app = {
    'fly-app': demo.fly.app,
    'fly-token': demo.fly.token,
    config: 'groups.toml',
    image: images.v3,
  };
  const limits = { 'wait-timeout': '3s', timeout: '20s', 'restore-timeout': '20s' };
  const env = { STAND_IN_BLUEGREEN_PAUSE_MS: '50' };
  return stage.run('fly-deploy', { ...app, ...limits, ...inputs }, { env });
}
const before = ['app iad v1', 'app ams v1', 'worker iad v1'];

it.each([
  [{ regions: 'ams' }, ['app iad v1', 'app ams v2', 'worker iad v1']],
  [{ regions: 'ams', strategy: 'bluegreen' }, ['app iad v1', 'worker iad v1', 'app ams v2']],
  [{ regions: 'ams', strategy: 'canary' }, ['app iad v1', 'app ams v2', 'worker iad v1']],
  [{ 'process-groups': 'app' }, ['app iad v2', 'app ams v2', 'worker iad v1']],
  [{ 'process-groups': 'app', regions: 'iad' }, ['app iad v2', 'app ams v1', 'worker iad v1']],
  [{ 'process-groups': 'app\nworker' }, ['app iad v2', 'app ams v2', 'worker iad v2']],
])('%j is live when the machines it names run it', async (inputs, after) => {
  const result = await deploy(inputs);
  expect(ended(result), logOf(result)).toBe('live/platform-only, serving new');
  expect(fleet()).toEqual(after);
});

it('deploys to the machines it names', async () => {
  const [first] = machines();
  const result = await deploy({ 'only-machines': String(first?.id) });
  expect(ended(result), logOf(result)).toBe('live/platform-only, serving new');
  expect(fleet()).toEqual(['app iad v2', 'app ams v1', 'worker iad v1']);
});

it('takes back only the machines it names', async () => {
  const result = await deploy({ regions: 'ams', image: images.v2Broken });
  expect(ended(result), logOf(result)).toBe('restored/platform-only, serving old');
  expect(fleet()).toEqual(['app iad v1', 'app ams v3', 'worker iad v1']);
});

it.each([
  [{ 'only-machines': '00000000000000' }, 'shop has no machine 00000000000000'],
  [{ regions: 'syd\niad' }, 'shop has no machine in region syd'],
  [{ 'process-groups': 'wokrer' }, 'shop has no machine of process group wokrer'],
])('refuses %j before anything is changed', async (inputs, what) => {
  const result = await deploy(inputs);
  expect(ended(result)).toBe('error/machines-not-found, serving unknown');
  expect(annotations(result)[0]).toContain(what);
  expect(stage.cloud.journal.entries({ mutations: true })).toEqual([]);
  expect(fleet()).toEqual(before);
});

it.each([
  [
    { strategy: 'bluegreen', 'max-unavailable': '2' },
    '`max-unavailable` has no meaning with `strategy: bluegreen`, which replaces all machines at once.',
  ],
  [
    { 'max-unavailable': '1.5' },
    '`max-unavailable` is "1.5"; it must be a share of the machines such as 0.5, or a number of them such as 2.',
  ],
  [
    { strategy: 'bluegreen', 'only-machines': '148e272b9e0d89' },
    '`only-machines` has no meaning with `strategy: bluegreen`, which destroys the machines it names. Use `regions` or `process-groups`.',
  ],
  [{ regions: 'Amsterdam' }, '`regions` line 1 is "Amsterdam"; it must be a region such as ams.'],
])('refuses %j', async (inputs, told) => {
  const result = await deploy(inputs);
  expect(ended(result)).toBe('error/input-invalid, serving unknown');
  expect(annotations(result)[0]).toContain(told);
});

const toml = `app = "${demo.fly.app}"
primary_region = "iad"

[processes]
  app = ""
  worker = "work"

[http_service]
  internal_port = 8080
  processes = ["app"]

  [[http_service.checks]]
    interval = "1s"
    timeout = "2s"
    path = "/healthz"
`;
