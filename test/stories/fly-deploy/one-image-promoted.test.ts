import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import type { JobResult, Step, Values } from '#local-runner';
import { expression } from '../../support/expression.ts';
import { ended, logOf, shopStage } from '../../support/shop-stage.ts';

// The story: one image is built once, runs on staging, and what was proved there goes to production by its digest.

const shop = shopStage();
const staging = 'shop-staging';

beforeEach(() => {
  shop.stage.cloud.service(fly).createApp({ name: staging, image: images.v1, machines: 1 });
  dockerfile('ENV VERSION=v3');
  writeFileSync(
    join(shop.stage.workspace, 'fly.staging.toml'),
    `app = "${staging}"\n[http_service]\n  internal_port = 8080\n`,
  );
});

/** The source of the image: `FROM` what the registry knows, as the local cloud builds it. */
function dockerfile(...lines: readonly string[]): void {
  writeFileSync(
    join(shop.stage.workspace, 'Dockerfile'),
    [`FROM ${images.v1}`, ...lines].join('\n').concat('\n'),
  );
}

const checks = `
- name: home
  http: GET /
  expect: { status: 200 }
- name: version
  http: GET /version.json
  expect: { status: 200, body: { contains: v3 } }
`;

/** The workflow as the team writes it, in one job: each step begins only when those before it are green. */
const promotion: readonly Step[] = [
  deployStep('build', { 'fly-app': staging, config: 'fly.staging.toml', 'build-only': true }),
  deployStep('staging', {
    'fly-app': staging,
    config: 'fly.staging.toml',
    environment: 'staging',
    image: expression('steps.build.outputs.image-ref'),
  }),
  deployStep('production', {
    'fly-app': demo.fly.app,
    environment: 'production',
    image: expression('steps.build.outputs.image-ref'),
  }),
];

function deployStep(id: string, inputs: Values): Step {
  const common = { 'fly-token': demo.fly.token, 'wait-timeout': '3s', timeout: '20s' };
  const proof = inputs['build-only'] === true ? {} : { checks };
  return { id, uses: './actions/fly-deploy', with: { ...common, ...proof, ...inputs } };
}

const promote = () => shop.stage.runJob(promotion, { sha: commits.v3 });

/** How each step ended: `staging: live/verified`. */
function ends({ steps }: JobResult): readonly string[] {
  return steps
    .filter(({ stage }) => stage === 'main')
    .map(({ id, conclusion, outputs }) =>
      conclusion === 'skipped' ? `${id}: skipped` : `${id}: ${outputs.outcome}/${outputs.reason}`,
    );
}

const build = (inputs = {}) =>
  shop.deploy({ 'fly-app': staging, config: 'fly.staging.toml', 'build-only': 'true', ...inputs });

/** The digests that an app's machines run. */
function digestsOf(app: string): readonly string[] {
  const machines = shop.stage.cloud.service(fly).world.apps.get(app)?.machines.values() ?? [];
  return [...new Set([...machines].map(({ imageRef }) => imageRef.digest))];
}

describe('one image for staging and production', () => {
  it('is built and pushed once, and deployed nowhere by that', async () => {
    const built = await build();
    expect(ended(built)).toBe('done/built, serving unknown');
    const digest = built.main.outputs.image;
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(built.main.outputs['image-ref']).toBe(`registry.fly.io/${staging}@${digest}`);
    expect(shop.mutations()).toEqual(['uiex.builds.create', 'registry.push', 'uiex.builds.finish']);
    expect(digestsOf(staging)).toEqual([shop.stage.cloud.images.resolve(images.v1)?.digest]);
  });

  it('serves staging, is proved there, and then serves production without another build', async () => {
    const job = await promote();
    expect(ends(job)).toEqual(['build: done/built', 'staging: live/verified', 'production: live/verified']);
    expect(await shop.served()).toBe('v3');
    expect(digestsOf(demo.fly.app)).toEqual(digestsOf(staging));
    expect(shop.entries('registry.push')).toHaveLength(1);
    const refs = job.steps.filter(({ stage }) => stage === 'main').map(({ outputs }) => outputs['image-ref']);
    expect(new Set(refs).size).toBe(1);
  });

  it('does not reach production when staging finds that it is bad', async () => {
    dockerfile('ENV VERSION=v3', 'ENV SHOP_ROOT_STATUS=500');
    expect(ends(await promote())).toEqual([
      ...['build: done/built', 'staging: restored/checks-failed', 'production: skipped'],
    ]);
    expect(await shop.served()).toBe('v1');
  });

  it('is what production gets even if its tag names another image by then', async () => {
    const { image = '', 'image-ref': proved = '' } = (await build()).main.outputs;
    const { images: registry } = shop.stage.cloud;
    const tag = registry.list().find(({ digest }) => digest === image)?.ref ?? '';
    registry.put(tag, { app: 'shop', env: { VERSION: 'v4' }, labels: {} });
    await shop.deploy({ image: proved, checks }, { sha: commits.v3 });
    expect(await shop.served()).toBe('v3');
  });
});

describe('a build', () => {
  it('that fails is told as one, and deploys nothing', async () => {
    dockerfile('RUN exit 3');
    const result = await build();
    expect(ended(result)).toBe('error/build-failed, serving unknown');
    expect(result.main.outputs['image-ref']).toBeUndefined();
  });

  it('is rehearsed by its command line', async () => {
    const result = await build({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving unknown');
    expect(shop.mutations()).toEqual([]);
    expect(logOf(result)).toMatch(
      /^It would run: flyctl deploy --app shop-staging .*--image-label belay-build-\S+ .* --build-only --push$/m,
    );
  });

  it('of a fork’s pull request is refused: its image would lie beside those that are deployed', async () => {
    const event = {
      repository: { full_name: 'acme/shop' },
      pull_request: { head: { repo: { full_name: 'eve/shop' } } },
    };
    const inputs = { 'fly-app': staging, 'build-only': 'true' };
    const result = await shop.deploy(inputs, { github: { event_name: 'pull_request', event } });
    expect(ended(result)).toBe('blocked/fork, serving unknown');
    expect(shop.stage.cloud.journal.entries()).toEqual([]);
  });
});
