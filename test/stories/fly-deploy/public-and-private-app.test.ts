import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

// The story: a shop that everybody reaches, and a model behind it that nobody reaches from outside. The shop is asked
// over the network; of the model Fly's own checks of its machines are the verdict.

const shop = shopStage();
const model = 'shop-model';

/** How the team writes it: every machine of the model has passed its checks, and there are two. */
const modelChecks = `
- name: the model is loaded
  fly-machines: { machines: { gte: 2 }, passing: 100% }
  retry: { until: 2s, interval: 200ms }
`;

beforeEach(() => {
  const { cloud, workspace } = shop.stage;
  cloud.service(fly).createApp({ name: model, image: modelImage('m1'), ips: [] });
  writeFileSync(
    join(workspace, 'model.toml'),
    `app = "${model}"\n[checks.model]\n  type = "http"\n  port = 8080\n  path = "/healthz"\n  interval = "1s"\n  timeout = "2s"\n`,
  );
});

/** An image of the model: its `/healthz` answers only with the model loaded. */
function modelImage(version: string, env: Record<string, string> = {}): string {
  const definition = { app: 'worker', env: { VERSION: version, ...env }, labels: {} };
  return shop.stage.cloud.images.put(`registry.fly.io/${model}:${version}`, definition).ref;
}

const deployModel = (image: string) =>
  shop.deploy({ 'fly-app': model, config: 'model.toml', image, checks: modelChecks });

const deployShop = (image: string) => shop.deploy({ image, checks: shopChecks }, { sha: commits.v3 });

/** The version of the image each machine runs. */
function running(app: string): readonly string[] {
  const { cloud } = shop.stage;
  const machines = [...(cloud.service(fly).world.apps.get(app)?.machines.values() ?? [])];
  return machines.map(({ imageRef }) => {
    const image = cloud.images.resolve(`registry.fly.io/${app}@${imageRef.digest}`);
    return image?.env.VERSION ?? 'unknown';
  });
}

describe('two apps of one system', () => {
  it('are both deployed and proved: the private one by its machines, the public one over the network', async () => {
    const ofModel = await deployModel(modelImage('m2'));
    expect(ended(ofModel)).toBe('live/verified, serving new');
    expect(logOf(ofModel)).toContain('✓ the model is loaded');
    expect(running(model)).toEqual(['m2', 'm2']);

    const ofShop = await deployShop(images.v3);
    expect(ended(ofShop)).toBe('live/verified, serving new');
    expect([await shop.served(), running(demo.fly.app)]).toEqual(['v3', ['v3', 'v3']]);
  });

  it('are known to the ledger each by its own name', async () => {
    const [ofModel, ofShop] = [await deployModel(modelImage('m2')), await deployShop(images.v3)];
    expect([ofModel, ofShop].map(({ main }) => main.outputs.target)).toEqual([`fly:${model}`, 'fly:shop']);
    expect(ofModel.main.outputs['ledger-id']).not.toBe(ofShop.main.outputs['ledger-id']);
  });
});

describe('the private app', () => {
  it('cannot be asked from outside', async () => {
    await deployModel(modelImage('m2'));
    const { status } = await shop.stage.cloud.serves(`${model}.fly.dev`, '/healthz');
    expect(status).toBeGreaterThanOrEqual(500);
  });

  it('is taken back when its model does not load, though no request from outside could tell', async () => {
    const result = await deployModel(modelImage('m2', { WORKER_HEALTH: 'failing' }));
    expect(ended(result)).toBe('restored/unhealthy, serving old');
    expect(running(model)).toEqual(['m1', 'm1']);
    expect(await shop.served()).toBe('v1');
  });

  it('is not proved by a machine that nobody checks', async () => {
    writeFileSync(join(shop.stage.workspace, 'model.toml'), `app = "${model}"\n`);
    const result = await deployModel(modelImage('m2'));
    expect(ended(result)).toBe('inconclusive/checks-error, serving new');
    expect(annotations(result).join()).toContain('no started machine has one: add `[checks]` to fly.toml');
  });
});
