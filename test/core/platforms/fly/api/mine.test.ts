import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlySource } from '../../../../../packages/core/src/platforms/fly/adapter.ts';
import type { WireRelease } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { aRelease } from '../../../../support/a-release.ts';
import { aWireRelease, digests } from '../../../../support/fly-machines.ts';
import { scriptedFly, shopTarget } from '../../../../support/scripted-fly.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-mine-'));
});
afterEach(() => rm(dir, { recursive: true }));

const signal = new AbortController().signal;
const plain = { strategy: 'rolling', buildArgs: [], waitTimeoutMs: 1, extra: [] };
const built = { ...plain, imageLabel: 'belay-7-1' };
const byImage = { ...plain, image: `registry.fly.io/shop@${digests.v2}` };
const labelled = (version: number, label: string) =>
  aWireRelease(version, { imageRef: `registry.fly.io/shop:${label}` });
const pushed = (version: number) => aWireRelease(version, { imageRef: byImage.image });

/** v42 serves; flyctl is told to deploy, and what it does is there when it ends. */
async function shipping(source: FlySource, ...made: readonly WireRelease[]) {
  const fly = scriptedFly(dir);
  fly.script.releases = [aWireRelease(42)];
  fly.script.deploys = () => {
    fly.script.releases = [...made.toReversed(), ...fly.script.releases];
    return '';
  };
  await fly.platform.ship(shopTarget, source, { budgetMs: 1 }, signal);
  const claimed = () => fly.script.releases.map(idOf).filter((id) => isMine(fly, id));
  return { ...fly, claimed };
}

/** Shipped by this run, as far as Fly tells; what it only brought back is not. */
function isMine({ platform }: ReturnType<typeof scriptedFly>, id: string): boolean {
  const { made, restores, unless } = platform.relation(aRelease({ id }));
  return made !== 'no' && restores === undefined && unless === undefined;
}

const idOf = ({ version }: WireRelease) => `v${version}`;

describe('a release that was shipped', () => {
  it.each([
    ['by its label', built, [labelled(43, 'belay-7-1')], ['v43']],
    ['by its digest', byImage, [pushed(43)], ['v43']],
    ['among those of others', built, [labelled(43, 'theirs'), labelled(44, 'belay-7-1')], ['v44']],
    ['as the first of its image', byImage, [pushed(43), pushed(44)], ['v43']],
    ['never by a label that only begins like it', built, [labelled(43, 'belay-7-10')], []],
    ['never because it is newer', built, [labelled(43, 'theirs')], []],
  ])('is recognised %s', async (_, source, made, claimed) => {
    expect((await shipping(source, ...made)).claimed()).toEqual(claimed);
  });

  it('is recognised later, when Fly did not show it as flyctl ended', async () => {
    const fly = await shipping(built);
    fly.script.releases = [labelled(43, 'belay-7-1'), ...fly.script.releases];
    await fly.platform.live(shopTarget);
    expect(fly.claimed()).toEqual(['v43']);
  });

  it('is recognised by flyctl’s own word', async () => {
    const fly = scriptedFly(dir);
    fly.script.releases = [aWireRelease(42)];
    fly.script.deploys = () => {
      fly.script.releases = [labelled(43, 'renamed'), ...fly.script.releases];
      return '{"id":"rel_43","version":43,"image_ref":"registry.fly.io/shop:renamed"}\n';
    };
    const shipped = await fly.platform.ship(shopTarget, built, { budgetMs: 1 }, signal);
    expect(shipped).toMatchObject({ release: { id: 'v43' } });
    expect(isMine(fly, 'v43')).toBe(true);
  });

  it('is not the one that a restore brought back, which names what it restores', async () => {
    const fly = await shipping(built, labelled(43, 'belay-7-1'));
    fly.script.deploys = () => {
      fly.script.releases = [aWireRelease(44), ...fly.script.releases];
      return '';
    };
    const back = await fly.platform.activate(
      shopTarget,
      aRelease({ id: 'v42', artifact: digests.v1 }),
      { budgetMs: 1, reason: 'Belay' },
      signal,
    );
    expect(back.id).toBe('v44');
    expect(fly.claimed()).toEqual(['v43']);
    const restores = ['v44', 'v43', 'v42'].map((id) => fly.platform.relation(aRelease({ id })).restores);
    expect(restores).toEqual(['v42', undefined, undefined]);
  });
});
