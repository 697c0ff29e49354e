import { describe, expect, it } from 'vitest';
import { aMachine, aWireRelease, digests } from '../../../support/fly-machines.ts';
import { scriptedFly, shopTarget } from '../../../support/scripted-fly.ts';

const signal = new AbortController().signal;
const quiet = { budgetMs: 20_000, onProgress: () => {} };

function shop() {
  const fly = scriptedFly();
  fly.script.releases = [aWireRelease(42)];
  fly.script.machines = [aMachine()];
  return fly;
}

describe('a release that is inspected', () => {
  it('can be brought back when its image and its configuration are there', async () => {
    expect(await shop().platform.inspect(shopTarget, { id: 'v42' })).toMatchObject({
      artifact: digests.v1,
      restorable: 'yes',
    });
  });

  it('cannot be brought back without its configuration', async () => {
    const { platform, script } = shop();
    script.undefinedVersions = [42];
    expect(await platform.inspect(shopTarget, { id: 'v42' })).toMatchObject({
      restorable: 'no',
      restorableWhy: 'Fly stored no configuration with it',
    });
  });
});

describe('waiting for a release', () => {
  it('outlasts an API that fails from the first look', async () => {
    const { platform, script } = shop();
    script.failures = 3;
    expect(await platform.settle(shopTarget, { id: 'v42' }, quiet, signal)).toEqual({
      kind: 'settled',
      note: '1 of 1 machines healthy',
      running: {
        parts: [{ name: 'app/iad', running: 1, resting: 0, ended: 0, unknown: 0, wakes: true }],
        exits: [],
      },
    });
  });

  it('does not know when the API never answers', async () => {
    const { platform, script } = shop();
    script.failures = 1000;
    expect(await platform.settle(shopTarget, { id: 'v42' }, quiet, signal)).toMatchObject({
      kind: 'unknown',
    });
  });

  it('does not know when Fly has no such release', async () => {
    expect(await shop().platform.settle(shopTarget, { id: 'v41' }, quiet, signal)).toMatchObject({
      kind: 'unknown',
      note: expect.stringContaining('shop has no release v41'),
    });
  });

  it('gives no request more time than is left', async () => {
    const { platform, deadlines } = shop();
    await platform.settle(shopTarget, { id: 'v42' }, quiet, signal);
    expect(deadlines).toEqual([20_000, 20_000]);
  });
});
