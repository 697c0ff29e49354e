import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { annotations, ended, logOf, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const world = () => shop.stage.cloud.service(fly).world;
const machines = () => [...(world().apps.get(demo.fly.app)?.machines.values() ?? [])];
const deployCall = () => shop.stage.flyctlCalls().find((call) => call.startsWith('deploy ')) ?? 'none';

function neverDeployed(): void {
  const app = world().apps.get(demo.fly.app);
  if (app !== undefined) world().destroyApp(app);
  world().createApp(demo.fly.app);
}

const platformOnly =
  'warning: The release serves by the platform’s own account; no checks were given to prove it.';

describe('what the machines are to be', () => {
  it('reaches them on top of fly.toml', async () => {
    const inputs = {
      image: images.v3,
      env: 'VERSION=v3-canary\nGREETING=a = "b" # c',
      'primary-region': 'iad',
      'release-command-timeout': '90s',
      ha: 'false',
      timeout: '2m',
    };
    const result = await shop.deploy(inputs, { sha: commits.v3 });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(await shop.served()).toBe('v3-canary');
    expect(machines().map(({ config }) => config.env?.GREETING)).toEqual(['a = "b" # c', 'a = "b" # c']);
    expect(deployCall()).toContain(
      ' --env VERSION=v3-canary --env GREETING=a = "b" # c --primary-region iad --ha=false ' +
        '--release-command-timeout 90s --wait-timeout',
    );
    expect(annotations(result)).toEqual([platformOnly]);
  });

  it('is unchanged when the release that serves was shipped with it, and not otherwise', async () => {
    const ship = (env: string, more = {}) =>
      shop.deploy({ image: images.v3, env, ...more }, { sha: commits.v3 });
    await ship('A=1');
    expect(ended(await ship('A=1'))).toBe('unchanged/already-live, serving new');
    expect(ended(await ship('A=2'))).toBe('live/platform-only, serving new');
    expect(ended(await ship('A=2', { 'primary-region': 'ams' }))).toBe('live/platform-only, serving new');
    expect(ended(await ship('A=2', { 'primary-region': 'ams' }))).toBe('unchanged/already-live, serving new');
  });

  it('does not outlive a restore', async () => {
    const checks = '- { name: home, http: GET /, expect: { status: 200 } }';
    const result = await shop.deploy({ image: images.v2Error, env: 'GREETING=new', checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(machines().map(({ config }) => config.env?.GREETING)).toEqual([undefined, undefined]);
  });
});

describe('the size of machines', () => {
  const size = { 'vm-size': 'shared-cpu-2x', 'vm-memory': '1gb' };

  it('is that of the machines a first deploy makes', async () => {
    neverDeployed();
    const result = await shop.deploy({ image: images.v3, ha: 'false', ...size }, { sha: commits.v3 });
    expect(machines().map(({ config }) => config)).toEqual([
      expect.objectContaining({ guest: { cpu_kind: 'shared', cpus: 2, memory_mb: 1024 } }),
    ]);
    expect(annotations(result)).toEqual([platformOnly]);
  });

  it('is not that of machines which were there, and the step says so', async () => {
    const result = await shop.deploy({ image: images.v3, ...size }, { sha: commits.v3 });
    expect(ended(result)).toBe('live/platform-only, serving new');
    const [first] = machines();
    expect(annotations(result)).toEqual([
      platformOnly,
      `warning: 2 machines do not have the size asked for (${first?.id} has shared-cpu-1x, 256 MB): flyctl gives it only ` +
        'to machines it makes. Write it to `[[vm]]` in fly.toml, which holds for all.',
    ]);
  });

  it('is passed in its parts', async () => {
    const parts = { 'vm-cpus': '4', 'vm-cpu-kind': 'performance', 'vm-memory': '8192mb' };
    const result = await shop.deploy({ image: images.v3, ...parts, 'dry-run': 'true' });
    expect(logOf(result)).toContain(' --vm-memory 8192 --vm-cpus 4 --vm-cpu-kind performance ');
  });
});

it('reports every input that is not legal, and what would be', async () => {
  const result = await shop.deploy({
    image: images.v3,
    builder: 'docker',
    env: 'A B',
    'primary-region': 'Frankfurt',
    ha: 'no',
    'release-command-timeout': '1h',
    'vm-size': 'shared-cpu-3x',
    'vm-memory': '512',
    'vm-cpus': '0',
    'vm-cpu-kind': 'dedicated',
    private: 'yes',
    'required-secrets': 'API-KEY, 1A',
  });
  expect(ended(result)).toBe('error/input-invalid, serving unknown');
  expect(detailsOf(result)).toEqual([
    '`builder` is "docker"; it must be one of: depot, fly, buildkit, nixpacks, local.',
    '`env` line 1 is "A B", which has no "=". Write NAME=VALUE.',
    '`primary-region` is "Frankfurt"; it must be the three letters of a region, such as iad.',
    '`ha` is "no"; it must be one of: true, false.',
    '`vm-size` is "shared-cpu-3x"; it must be one of: shared-cpu-1x, shared-cpu-2x, shared-cpu-4x, shared-cpu-6x, ' +
      'shared-cpu-8x, performance-1x, performance-2x, performance-4x, performance-6x, performance-8x, ' +
      'performance-10x, performance-12x, performance-14x, performance-16x. Did you mean shared-cpu-1x?',
    '`vm-memory` is "512"; it must be a size with its unit, such as 512mb or 2gb.',
    '`vm-cpus` is 0; it must be at least 1.',
    '`vm-cpu-kind` is "dedicated"; it must be one of: shared, performance.',
    '`private` is "yes"; it must be one of: true, false.',
    '`required-secrets` holds "API-KEY", "1A", which are not names. A name is letters, digits and "_", and does not start with a digit.',
    '`release-command-timeout` is 1h, and `timeout`, which ends the whole deploy, is 20s.',
  ]);
  expect(shop.stage.cloud.journal.entries()).toEqual([]);
});

it('refuses among `args` what has an input of its own', async () => {
  const args = '--primary-region=ams\n--ha=false\n--vm-memory=512\n--env=A=1\n--remote-only';
  const result = await shop.deploy({ image: images.v3, args });
  expect(ended(result)).toBe('error/input-invalid, serving unknown');
  expect(logOf(result)).toContain(
    '`args` holds --primary-region, --ha, --vm-memory, --env, for which there are inputs of the same name. ' +
      '`args` holds --remote-only, for which there is the input `builder`.',
  );
});

function detailsOf({ main }: ActionResult): readonly string[] {
  const lines = main.log.map(({ line }) => line);
  const from = lines.findIndex((line) => line.startsWith('##[group]Details of '));
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf('##[endgroup]', from));
}
