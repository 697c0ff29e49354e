import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { emptyService, imageService, pinned, repositoryService } from '../../support/railway-service.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const [again, deploy, rollback] = [
  'graphql.deploymentRedeploy',
  'graphql.serviceInstanceDeployV2',
  'graphql.deploymentRollback',
];
const mode = { mode: 'redeploy', checks: homeCheck };
const uploaded = (inputs: Readonly<Record<string, string>> = {}) =>
  shop.up({ version: 'v9' }, { ...mode, ...inputs });
/** The demo's service, which is uploaded to, with other variables than what serves has. */
const setVariables = async (variables: Readonly<Record<string, string>>) => {
  await shop.served();
  const web = shop.railway.world.instances().find(({ service }) => service.name === 'web');
  if (web !== undefined) web.variables = variables;
};

describe('what serves is deployed once more', () => {
  it('of an upload, from what was uploaded: nothing is sent', async () => {
    const result = await uploaded();
    const { 'deployment-id': id = '', 'logs-url': logs, status } = result.main.outputs;
    expect([ended(result), await shop.served(), shop.mutations(), status]).toEqual([
      'live/verified, serving new',
      'v1',
      [again],
      'SUCCESS',
    ]);
    expect(logs).toMatch(new RegExp(`^https://railway.com/project/.*id=${id}`));
    expect(logOf(result)).not.toContain('Uploading');
  });

  it.each([
    ['its commit', repositoryService],
    ['its image', () => imageService(shop, pinned(shop, images.v1))],
  ])('of %s with the variables of now', async (_, service) => {
    const app = service(shop);
    await app.setVariables({ VERSION: 'now' });
    const result = await app.run(mode);
    expect([ended(result), await app.served(), shop.mutations()]).toEqual([
      'live/verified, serving new',
      'now',
      [deploy],
    ]);
    expect(logOf(result)).toContain('with the settings and variables in force now');
  });

  it('of an image by a tag, which may name another by now, from the deployment itself', async () => {
    const app = imageService(shop);
    const result = await app.run(mode);
    expect([ended(result), shop.mutations()]).toEqual(['live/verified, serving new', [again]]);
  });

  it('about the commit that serves, not that of the event', async () => {
    const app = repositoryService(shop);
    const result = await app.run(mode, { sha: commits.v3 });
    expect([ended(result), await app.served()]).toEqual(['live/verified, serving new', 'v1']);
  });
});

describe('variables that break it', () => {
  it('are not those of an upload’s deployment, where Railway takes those of then', async () => {
    await setVariables({ SHOP_ROOT_STATUS: '500' });
    expect(ended(await uploaded())).toBe('live/verified, serving new');
  });

  it('are seen, where Railway takes those of now, and the deployment of before is brought back', async () => {
    shop.railway.switches.redeploySettings = 'of-now';
    await setVariables({ SHOP_ROOT_STATUS: '500' });
    const result = await uploaded();
    expect([ended(result), shop.mutations(), await shop.served()]).toEqual([
      'restored/checks-failed, serving old',
      [again, rollback],
      'v1',
    ]);
  });

  it('of a commit are seen, and it is taken back', async () => {
    const app = repositoryService(shop);
    await app.setVariables({ SHOP_ROOT_STATUS: '500' });
    const result = await app.run(mode);
    expect([ended(result), shop.mutations(), await app.served()]).toEqual([
      'restored/checks-failed, serving old',
      [deploy, rollback],
      'v1',
    ]);
  });
});

it('an answer that is lost is no reason to ask again: the deployment is found by what it is of', async () => {
  shop.stage.cloud.faults.add({ service: 'railway', route: again, kind: 'reset-after' });
  const result = await uploaded({ timeout: '60s' });
  expect([ended(result), shop.mutations()]).toEqual(['live/verified, serving new', [again]]);
});

it('where nothing serves there is nothing to deploy again, and nothing is asked for', async () => {
  const app = emptyService(shop);
  const result = await app.run({ mode: 'redeploy' });
  expect([ended(result), shop.mutations()]).toEqual(['rejected/nothing-serves, serving nothing', []]);
});

it('a dry run says how it would be done', async () => {
  const result = await uploaded({ 'dry-run': 'true' });
  expect([ended(result), shop.mutations()]).toEqual(['rehearsed/dry-run, serving old', []]);
  expect(logOf(result)).toContain('is built again by Railway from its source');
});
