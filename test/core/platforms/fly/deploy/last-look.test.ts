import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToolResult } from '../../../../../packages/core/src/io/process.ts';
import { aRelease } from '../../../../support/a-release.ts';
import { aConfig, aMachine, aService, aWireRelease, digests } from '../../../../support/fly-machines.ts';
import { ended, scriptedFly, shopTarget } from '../../../../support/scripted-fly.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-last-look-'));
});
afterEach(() => rm(dir, { recursive: true }));

type Scripted = ReturnType<typeof scriptedFly>;

const signal = new AbortController().signal;
const image = `registry.fly.io/shop@${digests.v2}`;
const source = { strategy: 'rolling', image, buildArgs: [], waitTimeoutMs: 1, extra: [] };
const imageOf = (args: readonly string[]) => args[args.indexOf('--image') + 1] ?? '';
/** True so many times, then false. */
function times(count: number): () => boolean {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0;
  };
}
const ours = (version: number, status = 'complete') => aWireRelease(version, { imageRef: image, status });
const interrupted: ToolResult = { ...ended, exitCode: 127, endedBy: 'cancelled' };

/** v42 serves, and this run has looked. flyctl makes the next version, of the image it was given. */
async function looked(): Promise<Scripted & { readonly done: string[] }> {
  const fly = scriptedFly(dir);
  const done: string[] = [];
  fly.script.releases = [aWireRelease(42)];
  fly.script.machines = [aMachine({ id: 'a1' }), aMachine({ id: 'b1' })];
  await fly.platform.live(shopTarget);
  fly.script.deploys = (args) => {
    done.push('flyctl deploy');
    const version = (fly.script.releases[0]?.version ?? 0) + 1;
    fly.script.releases = [aWireRelease(version, { imageRef: imageOf(args) }), ...fly.script.releases];
    fly.script.machines = ['a1', 'b1'].map((id) => aMachine({ id, version: String(version) }));
    return '';
  };
  return { ...fly, done };
}

const acts = {
  ship: async ({ platform }: Scripted) => {
    const { release, failure } = await platform.ship(shopTarget, source, { budgetMs: 60_000 }, signal);
    return failure?.reason ?? release?.id;
  },
  restore: async ({ platform }: Scripted) => {
    const release = aRelease({ id: 'v42', artifact: digests.v1 });
    const options = { budgetMs: 60_000, reason: 'Belay' };
    return platform.activate(shopTarget, release, options, signal).then(
      ({ id }) => id,
      (error) => error.code,
    );
  },
};

describe.each(Object.entries(acts))('before flyctl is begun to %s', (_, act) => {
  it('nobody else may hold a lease: it is waited for, a call a second', async () => {
    const fly = await looked();
    const isHeld = times(3);
    fly.script.leased = (machine) => machine === 'b1' && isHeld();
    expect([await act(fly), fly.clock.pauses, fly.done]).toEqual([
      'v43',
      [1000, 1000, 1000],
      ['flyctl deploy'],
    ]);
    expect(fly.logged).toContain('Another client is changing machine b1: waiting until it has ended.');
  });

  it('no longer than half of the time there is, and flyctl is not begun', async () => {
    const fly = await looked();
    fly.script.leased = () => true;
    expect([await act(fly), fly.done]).toEqual(['lease-held', []]);
    expect(fly.clock.monotonic()).toBeLessThanOrEqual(30_000);
  });

  it('what the holder has made meanwhile stays: nobody has decided about it', async () => {
    const fly = await looked();
    fly.script.leased = () => {
      const isFirst = fly.script.releases.length === 1;
      if (isFirst) fly.script.releases = [aWireRelease(43), ...fly.script.releases];
      return isFirst;
    };
    expect([await act(fly), fly.done]).toEqual(['superseded', []]);
  });

  it.each([
    ['came since the look that decided', [aWireRelease(43)], 'superseded', []],
    ['is still on its way', [aWireRelease(43, { status: 'running' })], 'superseded', []],
    ['failed on its way', [aWireRelease(43, { status: 'failed' })], 'v44', ['flyctl deploy']],
  ])('a release by others that %s', async (_name, came, ends, done) => {
    const fly = await looked();
    fly.script.releases = [...came, ...fly.script.releases];
    expect([await act(fly), fly.done]).toEqual([ends, done]);
  });

  it.each([
    ['has arrived since', '43', 'superseded', []],
    ['has been stuck ever since', '42', 'v44', ['flyctl deploy']],
  ])('a release that was on its way when this was decided, and %s', async (_name, running, ends, done) => {
    const fly = await looked();
    fly.script.releases = [aWireRelease(43, { status: 'running' }), ...fly.script.releases];
    await fly.platform.live(shopTarget);
    fly.script.machines = [aMachine({ id: 'a1', version: running }), aMachine({ id: 'b1' })];
    expect([await act(fly), fly.done]).toEqual([ends, done]);
  });
});

describe('before a bluegreen deploy, where there are two fleets', () => {
  const mark = { fly_platform_version: 'v2', fly_process_group: 'app', fly_flyctl_bluegreen_launch_id: 'x' };
  const config = aConfig({ metadata: { ...mark, fly_release_version: '43' }, services: [aService()] });
  const green = aMachine({ id: 'g1', config, digest: digests.v2, created_at: '2026-11-21T10:00:00Z' });
  const bluegreen = { ...source, strategy: 'bluegreen' };

  /** Somebody’s bluegreen deploy has made v43, and not switched yet. `holds`: whether it lives, at each question. */
  async function twoFleets(holds: (fly: Scripted) => boolean) {
    const fly = await looked();
    fly.script.releases = [aWireRelease(43, { status: 'running' }), aWireRelease(42)];
    fly.script.machines = [...fly.script.machines, { ...green, cordoned: true }];
    await fly.platform.live(shopTarget);
    fly.script.changes = (change) => {
      fly.done.push(change.replace(/\?.*/, ''));
      fly.script.machines = fly.script.machines.map((machine) =>
        change.includes(machine.id) ? { ...machine, state: 'destroyed' } : machine,
      );
      return undefined;
    };
    fly.script.leased = (machine) => machine === 'b1' && holds(fly);
    const shipped = await fly.platform.ship(shopTarget, bluegreen, { budgetMs: 60_000 }, signal);
    return { ends: shipped.failure?.reason ?? shipped.release?.id, done: fly.done };
  }

  it('what a killed one has left goes', async () => {
    expect(await twoFleets(() => false)).toEqual({ ends: 'v44', done: ['DELETE g1', 'flyctl deploy'] });
  });

  it('it goes once the leases of the killed one have run out', async () => {
    const leftOver = times(13);
    expect(await twoFleets(leftOver)).toEqual({ ends: 'v44', done: ['DELETE g1', 'flyctl deploy'] });
  });

  it('what one that lives has under way stays', async () => {
    expect(await twoFleets(() => true)).toEqual({ ends: 'lease-held', done: [] });
  });

  it('what one that lives has switched to stays, and nobody has decided about it', async () => {
    const isUnderWay = times(3);
    const ends = await twoFleets(({ script }) => {
      if (isUnderWay()) return true;
      script.releases = [aWireRelease(43, { status: 'complete' }), aWireRelease(42)];
      const blues = ['a1', 'b1'].map((id) => aMachine({ id, state: 'destroyed' }));
      script.machines = [green, ...blues];
      return false;
    });
    expect(ends).toEqual({ ends: 'superseded', done: [] });
  });
});

describe('while flyctl runs', () => {
  /** Somebody takes the leases between the look and flyctl, which waits without a word; what they ship follows. */
  async function contested(theirs: 'ships' | 'fails') {
    const fly = await looked();
    const whole = fly.script.deploys;
    fly.script.deploys = async (args, options) => {
      if (fly.done.length > 0) return whole(args, options);
      fly.done.push('flyctl deploy, stopped');
      options.onLine?.('Watch your deployment at https://fly.io/apps/shop/monitoring');
      fly.script.releases = [ours(43, 'running'), ...fly.script.releases];
      fly.script.leased = times(6);
      await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
      const status = theirs === 'ships' ? 'complete' : 'failed';
      fly.script.releases = [aWireRelease(44, { status }), ours(43, 'interrupted'), aWireRelease(42)];
      return interrupted;
    };
    return { ends: await acts.ship(fly), done: fly.done };
  }

  it('a lease it waits for stops it, and what the holder shipped stays', async () => {
    expect(await contested('ships')).toEqual({ ends: 'superseded', done: ['flyctl deploy, stopped'] });
  });

  it('it is begun again where the holder’s release failed', async () => {
    const done = ['flyctl deploy, stopped', 'flyctl deploy'];
    expect(await contested('fails')).toEqual({ ends: 'v45', done });
  });
});

it('what an own bluegreen deploy left under its lease is not waited for', async () => {
  const fly = await looked();
  const mark = { fly_platform_version: 'v2', fly_process_group: 'app', fly_flyctl_bluegreen_launch_id: 'x' };
  const config = aConfig({ metadata: { ...mark, fly_release_version: '43' }, services: [aService()] });
  const green = aMachine({ id: 'g1', config, digest: digests.v2, created_at: '2026-11-21T10:00:00Z' });
  const failed = { ...ended, exitCode: 1, tail: ['Error: could not'] };
  fly.script.deploys = (_args, { onLine }) => {
    onLine?.('Creating green machines');
    fly.script.releases = [ours(43, 'failed'), ...fly.script.releases];
    fly.script.machines = [...fly.script.machines, { ...green, cordoned: true }];
    return failed;
  };
  await acts.ship(fly);
  fly.script.leased = (machine) => machine === 'g1';
  fly.script.deploys = () => '';
  await acts.restore(fly);
  expect(fly.logged.filter((line) => line.startsWith('Another client'))).toEqual([]);
});

describe('what a release took over unseen', () => {
  it.each([
    ['came before it', [aWireRelease(43), ours(44)], '44', ['v43']],
    ['has the higher number, and had the machines first', [ours(43), aWireRelease(44)], '43', ['v44']],
    ['has the higher number, and runs now', [ours(43), aWireRelease(44)], '44', []],
    ['is waiting for the machines', [ours(43), aWireRelease(44, { status: 'running' })], '43', []],
    ['failed', [aWireRelease(43, { status: 'failed' }), ours(44)], '44', []],
  ])('is told where another %s', async (_, made, running, expected) => {
    const fly = await looked();
    fly.script.deploys = () => {
      fly.script.releases = [...made.toReversed(), ...fly.script.releases];
      fly.script.machines = ['a1', 'b1'].map((id) => aMachine({ id, version: running }));
      return '';
    };
    const { release = aRelease({ id: 'none' }) } = await fly.platform.ship(
      shopTarget,
      source,
      { budgetMs: 1 },
      signal,
    );
    const between = await fly.platform.cameBetween(shopTarget, release);
    expect(between.map(({ id }) => id)).toEqual(expected);
  });

  it('is known in `post` too, and nothing is known of what another run made', async () => {
    const main = await looked();
    main.script.deploys = () => {
      main.script.releases = [ours(44), aWireRelease(43), ...main.script.releases];
      return '';
    };
    await main.platform.ship(shopTarget, source, { budgetMs: 1 }, signal);
    const post = scriptedFly(dir);
    post.script.releases = main.script.releases;
    post.platform.recall(main.platform.memory(), {});
    const between = (id: string) => post.platform.cameBetween(shopTarget, aRelease({ id }));
    expect((await between('v44')).map(({ id }) => id)).toEqual(['v43']);
    expect(await between('v43')).toEqual([]);
  });
});
