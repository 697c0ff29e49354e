import { describe, expect, it } from 'vitest';
import { liveOf } from '../../../../../packages/core/src/platforms/fly/api/live.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { servingMachines } from '../../../../../packages/core/src/platforms/fly/machines/fleet.ts';
import { judgeFleet } from '../../../../../packages/core/src/platforms/fly/machines/health.ts';
import {
  aCheck,
  aConfig,
  aMachine,
  anExit,
  aWireRelease,
  digests,
} from '../../../../support/fly-machines.ts';

const releases = [
  aWireRelease(43, { imageRef: `registry.fly.io/shop@${digests.v2}`, status: 'failed' }),
  aWireRelease(42),
];
const question = { app: 'shop', releases, accepted: [] };

describe('what a fleet serves', () => {
  it('is nothing without machines', () => {
    expect(liveOf([], question)).toEqual({ kind: 'nothing', parts: [], exits: [] });
  });

  it('is one release when every machine runs it', () => {
    expect(liveOf([aMachine(), aMachine({ id: 'b2' })], question)).toEqual({
      kind: 'one',
      release: {
        id: 'v42',
        label: 'v42',
        state: 'live',
        created: '2026-11-21T09:00:00Z',
        artifact: digests.v1,
        restorable: 'unknown',
      },
      parts: [{ name: 'app/iad', running: 2, resting: 0, ended: 0, unknown: 0, wakes: true }],
      exits: [],
    });
  });

  it('is a mix with shares after a failed rolling deploy, the newer release first when they are equal', () => {
    const live = liveOf([aMachine({ id: 'b2' }), aMachine({ version: '43', digest: digests.v2 })], question);
    expect(live).toMatchObject({
      kind: 'mixed',
      shares: [
        { release: { id: 'v43', state: 'failed' }, share: 0.5 },
        { release: { id: 'v42', state: 'superseded' }, share: 0.5 },
      ],
    });
  });

  it('names an image put there by hand as a release of its own', () => {
    expect(liveOf([aMachine({ digest: digests.v2 })], question)).toMatchObject({
      kind: 'one',
      release: {
        id: 'v42+22222222',
        artifact: digests.v2,
        restorable: 'no',
        restorableWhy: 'its image was put on the machines by hand, and no release holds it',
      },
    });
  });

  it('cannot bring back what its machines give no name', () => {
    const config = aConfig({ metadata: { fly_platform_version: 'v2' } });
    expect(liveOf([aMachine({ config })], question)).toMatchObject({
      release: { id: 'unmarked', restorable: 'no', restorableWhy: 'its machines name no release' },
    });
  });

  it('takes the commit from the image label flyctl writes on GitHub Actions', () => {
    const labelled = aMachine();
    const image_ref = { ...labelled.image_ref, labels: { GH_SHA: 'abc' } } as NonNullable<
      typeof labelled.image_ref
    >;
    expect(liveOf([{ ...labelled, image_ref }], question)).toMatchObject({ release: { commit: 'abc' } });
  });

  it('knows a release older than the list by its machines alone', () => {
    expect(liveOf([aMachine({ version: '7' })], question)).toMatchObject({
      release: { id: 'v7', created: '2026-11-21T10:00:00Z', restorable: 'unknown' },
    });
  });

  it.each([
    [
      'a release command machine',
      { fly_platform_version: 'v2', fly_process_group: 'fly_app_release_command' },
    ],
    ['a machine outside the apps platform', { fly_process_group: 'app' }],
  ])('leaves out %s', (_name, metadata) => {
    expect(servingMachines([aMachine({ config: aConfig({ metadata }) })])).toEqual([]);
  });

  it('leaves out a destroyed machine', () => {
    expect(servingMachines([aMachine({ state: 'destroyed' })])).toEqual([]);
  });
});

describe('a fleet against the release it should run', () => {
  const release = { id: 'v43', artifact: digests.v2 };
  const judged = (machines: readonly WireMachine[]) =>
    judgeFleet(machines, { release, nowMs: now, isYetToStart: () => false });
  const now = 60_000;
  const good = (id: string) => aMachine({ id, version: '43', digest: digests.v2 });
  it.each([
    [
      'all machines healthy on it',
      [good('a1'), good('b2')],
      { kind: 'settled', note: '2 of 2 machines healthy' },
    ],
    [
      'one machine still on the old one',
      [good('a1'), aMachine({ id: 'b2' })],
      { kind: 'pending', note: '1 of 2 machines do not run v43 yet' },
    ],
    [
      'the right mark on the wrong image',
      [aMachine({ version: '43' })],
      {
        kind: 'failed',
        failure: {
          reason: 'wrong-image',
          what: `machine a1 of v43 runs ${digests.v1}, and ${digests.v2} was asked for`,
          why: 'the client shipped another image than it was told to, or a tag was moved in the middle',
          next: 'See which image the client named in its output above, and deploy by digest.',
        },
      },
    ],
    [
      'one failing check',
      [{ ...good('a1'), checks: [aCheck({ name: 'http', status: 'warning' })] }],
      { kind: 'pending', note: 'machine a1: http is warning' },
    ],
    ['no machines', [], { kind: 'pending', note: 'no machine yet' }],
  ])('%s', (_name, machines, verdict) => {
    expect(judged(machines)).toEqual(verdict);
  });

  it('has failed at the first machine of it that crashed', () => {
    const crashed = { ...good('a1'), events: [anExit(3, { restarting: true, restarts: 2 })] };
    expect(judged([crashed, good('b2')])).toEqual({
      kind: 'failed',
      failure: {
        reason: 'crashed',
        what: 'machine a1 of v43 exited with code 3, restart 2',
        next: 'Read the machine’s log above and fix the crash.',
      },
    });
  });
});
