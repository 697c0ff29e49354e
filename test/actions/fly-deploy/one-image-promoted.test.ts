import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
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

const build = (inputs = {}) =>
  shop.deploy({ 'fly-app': staging, config: 'fly.staging.toml', 'build-only': 'true', ...inputs });

const toStaging = (image: string) =>
  shop.deploy({
    ...{ 'fly-app': staging, config: 'fly.staging.toml', environment: 'staging' },
    ...{ image, checks },
  });

const toProduction = (image: string) => shop.deploy({ image, checks }, { sha: commits.v3 });

const checks = `
- name: home
  http: GET /
  expect: { status: 200 }
- name: version
  http: GET /version.json
  expect: { status: 200, body: { contains: v3 } }
`;

/** The digests that an app's machines run. */
function digestsOf(app: string): readonly string[] {
  const machines = shop.stage.cloud.service(fly).world.apps.get(app)?.machines.values() ?? [];
  return [...new Set([...machines].map(({ imageRef }) => imageRef.digest))];
}

const imageOf = ({ main }: ActionResult) => main.outputs['image-ref'] ?? '';

describe('one image for staging and production', () => {
  it('is built and pushed once, and deployed nowhere by that', async () => {
    const built = await build();
    expect(ended(built)).toBe('done/built, serving unknown');
    const digest = built.main.outputs.image;
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(imageOf(built)).toBe(`registry.fly.io/${staging}@${digest}`);
    expect(shop.mutations()).toEqual(['uiex.builds.create', 'registry.push', 'uiex.builds.finish']);
    expect(digestsOf(staging)).toEqual([shop.stage.cloud.images.resolve(images.v1)?.digest]);
  });

  it('serves staging, is proved there, and then serves production without another build', async () => {
    const image = imageOf(await build());

    const onStaging = await toStaging(image);
    expect(ended(onStaging)).toBe('live/verified, serving new');
    expect(imageOf(onStaging)).toBe(image);
    expect(await shop.served()).toBe('v1');

    const onProduction = await toProduction(imageOf(onStaging));
    expect(ended(onProduction)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
    expect(digestsOf(demo.fly.app)).toEqual(digestsOf(staging));
    expect(shop.entries('registry.push')).toHaveLength(1);
  });

  it('is what production gets even if the source is built anew in the meantime', async () => {
    const proved = imageOf(await toStaging(imageOf(await build())));
    dockerfile('ENV VERSION=v4');
    await build();
    await toProduction(proved);
    expect(await shop.served()).toBe('v3');
  });

  it('does not reach production when staging finds that it is bad', async () => {
    dockerfile('ENV VERSION=v3', 'ENV SHOP_ROOT_STATUS=500');
    const onStaging = await toStaging(imageOf(await build()));
    // The step is red, so the job that needs it never starts.
    expect([ended(onStaging), onStaging.main.exitCode]).toEqual(['restored/checks-failed, serving old', 1]);
    expect(await shop.served()).toBe('v1');
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
