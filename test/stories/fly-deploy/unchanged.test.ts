import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commits, fly, github, images } from '#local-cloud';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

// The story: one image and one commit are deployed twice. The second is `unchanged` only if everything else that would
// be shipped is there as well; what is not is shipped, and named.

const shop = shopStage();
const path = (name: string) => join(shop.stage.workspace, name);
let flyToml: string;

beforeEach(() => {
  flyToml = readFileSync(path('fly.toml'), 'utf8');
  shop.stage.cloud.service(fly).settings.rateLimits = false;
});

afterEach(() => {
  writeFileSync(path('fly.toml'), flyToml);
  for (const other of ['fly.other.toml', 'banner.txt']) rmSync(path(other), { force: true });
});

type Inputs = Readonly<Record<string, string>>;

const given = { env: 'GREETING=hello\nCOLOUR=teal', secrets: 'API_KEY=hush-one' };
const ship = (inputs: Inputs = given) => shop.deploy({ image: images.v3, ...inputs }, { sha: commits.v3 });
const releases = () => shop.stage.cloud.service(fly).world.apps.get('shop')?.releases.length;
const edit = (more: string) => writeFileSync(path('fly.toml'), `${flyToml}${more}`);

const same = 'unchanged/already-live, serving new';
const shipped = 'live/platform-only, serving new';

describe('a second deploy of the same image and commit', () => {
  it('is unchanged when everything that would be shipped is there', async () => {
    expect(ended(await ship())).toBe(shipped);
    expect(ended(await ship())).toBe(same);
  });

  it('is unchanged when only comments, order and the place of a setting in fly.toml differ', async () => {
    edit('\n[env]\n  PORT = 8080\n');
    await ship();
    const [head = '', ...rest] = flyToml.split('\n');
    const body = rest.join('\n').replace('primary_region = "iad"', '');
    writeFileSync(
      path('fly.toml'),
      `# ours\nprimary_region = 'iad'\n${head}\nenv = { PORT = 8080 }\n${body}`,
    );
    expect(ended(await ship())).toBe(same);
    writeFileSync(path('fly.toml'), flyToml);
    expect(ended(await ship({ ...given, env: `${given.env}\nPORT=8080` }))).toBe(same);
  });

  it.each<[string, Inputs, string]>([
    ['vm-memory', { ...given, 'vm-memory': '1gb' }, '`vm-memory`'],
    ['an env line removed', { ...given, env: 'GREETING=hello' }, '`env.COLOUR`'],
    ['an env line changed', { ...given, env: 'GREETING=hi\nCOLOUR=teal' }, '`env.GREETING`'],
    ['another primary region', { ...given, 'primary-region': 'ams' }, '`primary-region`'],
    ['no spare machines', { ...given, ha: 'false' }, '`ha`'],
    ['an argument of flyctl', { ...given, args: '--max-concurrent=4' }, '`args`'],
    ['another secret', { ...given, secrets: 'API_KEY=hush-two' }, '`secrets`'],
    ['no secrets any more', { env: given.env }, '`secrets`'],
    ['two at once', { secrets: given.secrets, 'vm-cpus': '2' }, '`env.COLOUR`, `env.GREETING`, `vm-cpus`'],
  ])('is shipped with %s, and the log names it', async (_what, inputs, named) => {
    await ship();
    const again = await ship(inputs);
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain(`v2, which serves, differs from what is to be shipped in ${named}.`);
    expect(logOf(again)).not.toMatch(/hush-/);
    expect(ended(await ship(inputs))).toBe(same);
    expect(releases()).toBe(3);
  });

  it.each([
    ['a new section', '\n[[vm]]\n  memory = "1gb"\n', '`config.vm`'],
    ['a variable', '\n[env]\n  FLAVOUR = "mint"\n', '`env.FLAVOUR`'],
  ])('is shipped with %s in an edited fly.toml', async (_what, more, named) => {
    await ship();
    edit(more);
    const again = await ship();
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain(`differs from what is to be shipped in ${named}.`);
  });

  it('is shipped with another `config`, whatever its name: one of the same content is no other', async () => {
    await ship();
    writeFileSync(path('fly.other.toml'), flyToml);
    expect(ended(await ship({ ...given, config: 'fly.other.toml' }))).toBe(same);
    writeFileSync(path('fly.other.toml'), flyToml.replace('/healthz', '/version.json'));
    const again = await ship({ ...given, config: 'fly.other.toml' });
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain('to be shipped in `config.http_service`.');
  });

  it('is shipped when a file that fly.toml puts on the machines has another content', async () => {
    edit('\n[[files]]\n  guest_path = "/etc/banner.txt"\n  local_path = "banner.txt"\n');
    writeFileSync(path('banner.txt'), 'one\n');
    await ship();
    expect(ended(await ship())).toBe(same);
    writeFileSync(path('banner.txt'), 'two\n');
    const again = await ship();
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain('to be shipped in `config.files`.');
  });

  it('is unchanged without any fly.toml, and shipped when there is one again', async () => {
    rmSync(path('fly.toml'));
    await ship();
    expect(ended(await ship())).toBe(same);
    writeFileSync(path('fly.toml'), flyToml);
    const again = await ship();
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain('`config`');
  });

  it('is shipped when the marks of the release that serves were made with another token', async () => {
    const { world } = shop.stage.cloud.service(fly);
    world.addToken({ value: 'another_token', kind: 'deploy', app: 'shop', email: 'x@example.com' });
    await ship({ ...given, 'fly-token': 'another_token' });
    const again = await ship();
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain(
      'The record of v2 was marked with another `fly-token`, so what differs cannot be told, and it ships again.',
    );
  });
});

describe('a release that nothing is known of', () => {
  it('because no record could be written is shipped again, and the log says what would have spared it', async () => {
    const token = shop.stage.cloud
      .service(github)
      .token({ permissions: { deployments: 'read', contents: 'read' } });
    const deploy = () => shop.deploy({ image: images.v3 }, { sha: commits.v3, github: { token } });
    await deploy();
    const again = await deploy();
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain(
      'No record says what v2 was made of, so it ships again. A run that has the permission `deployments: write` leaves such a record.',
    );
  });
});

describe('what a rollback brought back', () => {
  it('is unchanged by the record that shipped it', async () => {
    await ship({});
    expect(ended(await ship({ image: images.v1 }))).toBe(shipped);
    expect(await shop.served()).toBe('v1');
    const back = await shop.rollback({ to: 'v2', reason: 'v1 is old', 'allow-unverified': 'true' });
    expect(ended(back)).toBe('restored/platform-only, serving old');
    expect(await shop.served()).toBe('v3');
    expect(ended(await ship({}))).toBe(same);
    expect(ended(await ship({ env: 'A=1' }))).toBe(shipped);
  });
});

describe('what was taken back by itself', () => {
  it('is shipped again when secrets were set for the release that failed: Fly keeps no old values', async () => {
    await ship();
    const failed = await ship({ image: images.v2Error, checks: shopChecks, secrets: 'API_KEY=hush-two' });
    expect(ended(failed)).toBe('restored/restored-image-only, serving old');
    const again = await ship();
    expect(ended(again)).toBe(shipped);
    expect(logOf(again)).toContain('differs from what is to be shipped in `secrets`.');
  });

  it('is unchanged where it has all it had', async () => {
    await ship({});
    const failed = await ship({ image: images.v2Error, checks: shopChecks });
    expect(ended(failed)).toBe('restored/checks-failed, serving old');
    expect(ended(await ship({}))).toBe(same);
  });
});

describe('the record', () => {
  it('holds marks of the parts: names without a value, and nothing that is the same for another variable', async () => {
    await ship({ env: 'ONE=teal\nTWO=teal' });
    const [recorded] = await recordedDeploys(shop.stage.cloud);
    const payload = JSON.parse(JSON.stringify(recorded?.payload));
    const { parts } = (typeof payload === 'string' ? JSON.parse(payload) : payload).fingerprint;
    expect(Object.keys(parts)).toEqual([
      ...['config.http_service', 'env.ONE', 'env.TWO', 'image', 'primary-region'],
    ]);
    expect(parts['env.ONE']).not.toBe(parts['env.TWO']);
    expect(JSON.stringify(parts)).not.toContain('teal');
  });
});

describe('a dry run', () => {
  const rehearse = async (inputs: Inputs) => logOf(await ship({ ...inputs, 'dry-run': 'true' }));

  it('says that it would be unchanged, and of no command then', async () => {
    await ship();
    const log = await rehearse(given);
    expect(log).toContain('It would be unchanged: v2 already is everything that would be shipped.');
    expect(log).not.toContain('It would run');
  });

  it('says what differs', async () => {
    await ship();
    const log = await rehearse({ ...given, env: 'GREETING=hello' });
    expect(log).toContain('v2, which serves, differs from what is to be shipped in `env.COLOUR`.');
    expect(log).toContain('It would run: flyctl deploy');
  });
});
