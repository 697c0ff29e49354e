import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { aRelease } from '../../../../support/a-release.ts';
import { aConfig, aMachine, aService, aWireRelease, digests } from '../../../../support/fly-machines.ts';
import { ended, scriptedFly, shopTarget } from '../../../../support/scripted-fly.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-restorer-'));
});
afterEach(() => rm(dir, { recursive: true }));

const metadata = (version: string, mark: Readonly<Record<string, string>>) => ({
  fly_platform_version: 'v2',
  fly_process_group: 'app',
  fly_release_version: version,
  ...mark,
});
const marked = (version: string, mark: Readonly<Record<string, string>>) =>
  aConfig({ metadata: metadata(version, mark), services: [aService()] });

const blue = (change: Partial<WireMachine> = {}) =>
  aMachine({
    id: 'b1',
    config: marked('42', { fly_bluegreen_deployment_tag: 'safe_to_destroy' }),
    ...change,
  });
const green = aMachine({
  id: 'g1',
  digest: digests.v2,
  created_at: '2026-11-21T10:00:00Z',
  config: marked('43', { fly_flyctl_bluegreen_launch_id: 'x' }),
});

/** A bluegreen deploy that was cut between the stop of the blue machine and its destruction is taken back. */
async function takingBack(onStart: Partial<WireMachine>): Promise<readonly string[]> {
  const fly = scriptedFly(dir);
  fly.script.releases = [aWireRelease(43), aWireRelease(42)];
  fly.script.machines = [blue({ state: 'stopped', cordoned: true, events: [] }), green];
  const done: string[] = [];
  fly.script.changes = (change) => {
    done.push(change);
    if (change.endsWith('/start')) fly.script.machines = [blue(onStart), green];
    return undefined;
  };
  fly.script.deploys = () => {
    done.push('flyctl deploy');
    return '';
  };
  await activate(fly);
  return done;
}

function activate({ platform }: ReturnType<typeof scriptedFly>) {
  const release = aRelease({ id: 'v42', artifact: digests.v1 });
  const { signal } = new AbortController();
  return platform.activate(shopTarget, release, { budgetMs: 10_000, reason: 'Belay' }, signal);
}

describe('a blue machine that is told to run again', () => {
  it('takes the place of the green one once it runs', async () => {
    expect(await takingBack({ state: 'started' })).toEqual([
      'POST b1/start',
      'POST b1/uncordon',
      'DELETE g1?kill=true&force=true',
      'DELETE b1/metadata/fly_bluegreen_deployment_tag',
    ]);
  });

  it('and stays at rest costs no green one its life: flyctl deploys the old image instead', async () => {
    expect(await takingBack({ state: 'stopped', events: [] })).toEqual([
      'POST b1/start',
      'POST b1/uncordon',
      'flyctl deploy',
    ]);
  });
});

describe('what a deploy left behind', () => {
  it('goes, though one of it cannot be destroyed, and that one is named', async () => {
    const fly = scriptedFly(dir);
    const cordoned = (id: string) => ({ ...green, id, cordoned: true });
    fly.script.releases = [aWireRelease(43), aWireRelease(42)];
    fly.script.machines = [aMachine({ version: '41' }), cordoned('g1'), cordoned('g2')];
    const done: string[] = [];
    fly.script.changes = (change) => {
      done.push(change);
      return change.startsWith('DELETE g1') ? 422 : undefined;
    };
    await activate(fly);
    expect(done).toEqual(['DELETE g1?kill=true&force=true', 'DELETE g2?kill=true&force=true']);
    expect(fly.warnings).toEqual([
      expect.stringMatching(
        /^What the deploy left could not be cleared away: green machine g1 of v43 \(.*422.*\)$/,
      ),
    ]);
  });
});

describe('a deploy of the old image that fails at first', () => {
  /** `whole` and `update only`: how flyctl is asked until it has brought the release back. */
  async function asked(definition: object): Promise<readonly string[]> {
    const fly = scriptedFly(dir);
    fly.script.releases = [aWireRelease(43), aWireRelease(42)];
    fly.script.machines = [aMachine({ version: '43', digest: digests.v2 })];
    fly.script.definition = definition;
    const all: string[] = [];
    fly.script.deploys = (args) => {
      all.push(args.includes('--update-only') ? 'update only' : 'whole');
      return all.length === 1 ? { ...ended, exitCode: 1, tail: ['Error: 500'] } : '';
    };
    await activate(fly);
    return all;
  }

  it('is tried again once as a whole where every process group has a machine: it makes one release more, not two', async () => {
    expect(await asked({ app: 'shop' })).toEqual(['whole', 'whole']);
  });

  it('brings back what is there at once where a process group is to be made anew, and then the whole', async () => {
    const processes = { app: '', worker: 'work' };
    expect(await asked({ app: 'shop', processes })).toEqual(['whole', 'update only', 'whole']);
  });

  it('is told, though another try brought the release back', async () => {
    const fly = scriptedFly(dir);
    fly.script.releases = [aWireRelease(43), aWireRelease(42)];
    fly.script.machines = [aMachine({ version: '43', digest: digests.v2 })];
    let tries = 0;
    fly.script.deploys = () => {
      tries += 1;
      return tries === 1 ? { ...ended, exitCode: 1, tail: ['Error: 500'] } : '';
    };
    await activate(fly);
    expect(fly.warnings).toEqual([
      expect.stringMatching(/^Making v42 live again had failed at first: flyctl /),
    ]);
  });
});

describe('another release that came after the look that decided', () => {
  /** What flyctl and the Machines API were told once `later` had come. */
  async function decidedBefore(later: string): Promise<readonly string[]> {
    const fly = scriptedFly(dir);
    fly.script.releases = [aWireRelease(44), aWireRelease(43), aWireRelease(42)];
    fly.script.machines = [aMachine({ version: '43', digest: digests.v2 })];
    await fly.platform.live(shopTarget);
    fly.script.machines = [aMachine({ version: later, digest: digests.v2 })];
    const done: string[] = [];
    fly.script.deploys = () => {
      done.push('flyctl deploy');
      return '';
    };
    await activate(fly).catch((error) => done.push(`${error.code}: ${error.message}`));
    return done;
  }

  it('is not taken over: nobody has decided about it', async () => {
    expect(await decidedBefore('44')).toEqual([
      expect.stringMatching(/^superseded: .*v44 runs on machines of shop, and it was not there/),
    ]);
  });

  it.each(['43', '41'])('is not what a stale look shows: v%s', async (version) => {
    expect(await decidedBefore(version)).toEqual(['flyctl deploy']);
  });
});
