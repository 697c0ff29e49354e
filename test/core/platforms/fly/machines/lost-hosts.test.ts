import { describe, expect, it } from 'vitest';
import { liveOf } from '../../../../../packages/core/src/platforms/fly/api/live.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { flyctlFailure } from '../../../../../packages/core/src/platforms/fly/deploy/failures.ts';
import { deployArguments } from '../../../../../packages/core/src/platforms/fly/flyctl/flyctl.ts';
import { lostBeside } from '../../../../../packages/core/src/platforms/fly/machines/fleet.ts';
import { evidenceOf, judgeFleet } from '../../../../../packages/core/src/platforms/fly/machines/health.ts';
import { wholeFleet } from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { unheededSize } from '../../../../../packages/core/src/platforms/fly/machines/size.ts';
import { restorePlanFor } from '../../../../../packages/core/src/platforms/fly/restore/restore-plan.ts';
import { aRelease } from '../../../../support/a-release.ts';
import {
  aConfig,
  aMachine,
  anExit,
  aService,
  aWireRelease,
  digests,
} from '../../../../support/fly-machines.ts';
import { scriptedFly, shopTarget } from '../../../../support/scripted-fly.ts';

const image_ref = { registry: '', repository: '', tag: '', digest: '', labels: undefined };
const noImage = { host_status: 'unreachable', image_ref, config: undefined } as const;

/** On a lost host, as Fly shows it: no image, and a part of the configuration. */
function lost({ version = '42', ...change }: Partial<WireMachine> & { version?: string } = {}): WireMachine {
  const { config: incomplete_config } = aMachine({ version });
  return { ...aMachine(), ...noImage, incomplete_config, id: 'b2', ...change };
}

/** On a lost host, and Fly does not tell what it was. */
const untold = lost({ id: 'c3', incomplete_config: undefined });
const releases = [aWireRelease(43, { imageRef: `registry.fly.io/shop@${digests.v2}` }), aWireRelease(42)];
const question = { app: 'shop', releases, accepted: [] };
const v43 = { version: '43', digest: digests.v2 };
const counts = { running: 1, resting: 0, ended: 0, unknown: 0, wakes: true };

describe('what serves, with a lost host', () => {
  it.each<[string, readonly WireMachine[], object]>([
    [
      'is what is in sight, and the lost machine is named',
      [aMachine(v43), lost()],
      {
        kind: 'one',
        release: { id: 'v43' },
        parts: [{ name: 'app/iad', ...counts, unknown: 1 }],
        outOfSight: ['machine b2'],
      },
    ],
    [
      'counts a machine of which nothing is told to no part of it',
      [aMachine(v43), untold],
      {
        kind: 'one',
        release: { id: 'v43' },
        parts: [
          { name: 'app/iad', ...counts },
          { name: 'unknown', ...counts, running: 0, unknown: 1, wakes: false },
        ],
        outOfSight: ['machine c3'],
      },
    ],
    [
      'is by its marks what was there, where nothing is in sight',
      [lost()],
      { kind: 'one', release: { id: 'v42' }, outOfSight: ['machine b2'] },
    ],
    [
      'is not off where the lost machine was running when it was last seen',
      [stopped(), lost({ incomplete_config: unwakeable })],
      { kind: 'one', switchedOff: undefined },
    ],
    [
      'is off where the lost machine was stopped as well',
      [stopped(), lost({ incomplete_config: unwakeable, state: 'stopped' })],
      { kind: 'one', switchedOff: true },
    ],
    [
      'takes no end of the lost machine’s process for news',
      [aMachine(), lost({ events: [anExit(1)] })],
      { exits: [] },
    ],
    [
      'names a lost machine that nobody managed, if it was on a port of the app',
      [
        aMachine({ config: aConfig({ metadata: { fly_platform_version: 'v2' }, services: [on443] }) }),
        lost({ incomplete_config: aConfig({ services: [on443] }) }),
        lost({ id: 'd4', incomplete_config: aConfig({ services: [] }) }),
      ],
      { outOfSight: ['machine b2'] },
    ],
    [
      'passes over the lost machine of a release command',
      [aMachine(), lost({ incomplete_config: releaseCommand })],
      { outOfSight: undefined },
    ],
  ])('%s', (_, machines, expected) => {
    const { kind, parts, exits, outOfSight, switchedOff, ...live } = liveOf(machines, question);
    const release = 'release' in live ? { id: live.release.id } : undefined;
    const seen: Record<string, unknown> = { kind, parts, exits, outOfSight, switchedOff, release };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, seen[key]]))).toEqual(expected);
  });
});

describe('a fleet that settles, with a lost host', () => {
  const wanted = { release: { id: 'v43', artifact: digests.v2 }, nowMs: 60_000, isYetToStart: () => false };

  it.each<[string, readonly WireMachine[], object]>([
    ['does without the lost machine', [aMachine(v43), lost(), untold], { kind: 'settled' }],
    ['waits for what is in sight', [aMachine(), lost()], { kind: 'pending' }],
    [
      'does not take an empty digest for a wrong image',
      [aMachine(v43), lost({ version: '43' })],
      { kind: 'settled' },
    ],
    [
      'cannot be judged while nothing is in sight',
      [lost({ version: '43' }), untold],
      { kind: 'out-of-sight', note: 'the hosts of all 2 machines do not answer' },
    ],
  ])('%s', (_, machines, verdict) => {
    expect(judgeFleet(machines, wanted)).toMatchObject(verdict);
  });

  it('asks nothing of the lost host, whatever was last seen of its machine', async () => {
    const { platform, script } = scriptedFly();
    script.releases = releases;
    const ended = lost({ state: 'stopped', events: [anExit(0)] });
    script.machines = [aMachine(v43), ended, untold];
    const changes: string[] = [];
    script.changes = (change) => {
      changes.push(change);
      return 503;
    };
    const owes = [{ name: 'app/iad', ...counts, ended: 1 }];
    const options = { owes, budgetMs: 60_000, onProgress: () => {} };
    const result = await platform.settle(shopTarget, { id: 'v43' }, options, new AbortController().signal);
    expect([result.kind, changes]).toEqual(['settled', []]);
  });

  it('ends unknown, not unhealthy, where nothing comes into sight', async () => {
    const { platform, script } = scriptedFly();
    script.releases = releases;
    script.machines = [lost({ version: '43' })];
    const options = { budgetMs: 5_000, onProgress: () => {} };
    expect(await platform.settle(shopTarget, { id: 'v43' }, options, new AbortController().signal)).toEqual({
      kind: 'unknown',
      note: 'the hosts of all 1 machines do not answer',
    });
  });

  it('is neither well nor ill', () => {
    expect(evidenceOf([lost()], 0)).toEqual([
      { instance: 'b2', healthy: 'unknown', outOfSight: true, note: 'its host is unreachable' },
    ]);
  });

  it('is not asked for its size', () => {
    const guest = { cpu_kind: 'shared', cpus: 1, memory_mb: 256 };
    const sized = aMachine({ config: { ...aMachine().config, ...aConfig({ guest }) } });
    const fleet = [{ ...sized, config: { ...aMachine().config, ...sized.config, guest } }, lost()];
    expect(unheededSize(fleet as readonly WireMachine[], wholeFleet, { memoryMb: 256 })).toBeUndefined();
  });
});

describe('the machines a deploy leaves out', () => {
  it.each<[string, readonly WireMachine[], readonly string[]]>([
    ['are those on lost hosts', [aMachine(), lost(), untold], ['b2', 'c3']],
    ['are none where all are lost: flyctl is to say what it can do', [lost(), untold], []],
    ['are none of those that nobody manages', [aMachine(), lost({ incomplete_config: aConfig({}) })], []],
  ])('%s', (_, machines, ids) => {
    expect(lostBeside(machines)).toEqual(ids);
  });

  it('are named to flyctl, which would wait a minute for their leases and give up', () => {
    const base = { app: 'shop', buildArgs: [], waitTimeoutMs: 1000, extra: [] };
    const deploy = { ...base, skipReleaseCommand: false, smokeChecks: true };
    expect(deployArguments({ ...deploy, lost: ['b2', 'c3'] })).toEqual(
      expect.arrayContaining(['--exclude-machines', 'b2,c3']),
    );
    expect(deployArguments({ ...deploy, lost: [] })).not.toContain('--exclude-machines');
  });

  it.each([
    'Error: failed to get lease on VM b2: unavailable: the host of machine b2 is unreachable',
    "Error: machine 'b2' requires manual intervention, it can't be automatically replaced because its volume 'vol_1' is on an unreachable host",
  ])('explain what flyctl says where it meets one: %s', (line) => {
    expect(flyctlFailure([line], 1)).toMatchObject({
      reason: 'platform-error',
      why: 'the host of a machine does not answer',
    });
  });
});

describe('the way back, with a lost host', () => {
  it('lets the release’s own machines take over, whatever the lost one has', () => {
    const retired = { fly_bluegreen_deployment_tag: 'safe_to_destroy' };
    const fly = { fly_platform_version: 'v2', fly_process_group: 'app', fly_release_version: '42' };
    const blue = (change: Partial<WireMachine>) =>
      aMachine({ cordoned: true, config: aConfig({ metadata: { ...fly, ...retired } }), ...change });
    const lostBlue = { ...lost(), incomplete_config: blue({}).config, cordoned: true };
    const machines = [blue({ id: 'a1' }), lostBlue];
    const old = aRelease({ id: 'v42', artifact: digests.v1 });
    const way = restorePlanFor(old, { machines, releases, scope: wholeFleet, isOurs: () => false });
    expect(way.kind === 'reinstate' && way.retired.map(({ id }) => id)).toEqual(['a1']);
  });
});

const on443 = aService({ ports: [{ port: 443, start_port: undefined, end_port: undefined }] });
const unwakeable = aConfig({
  metadata: aMachine().config?.metadata,
  services: [aService({ autostart: false })],
});
const releaseCommand = aConfig({
  metadata: { fly_platform_version: 'v2', fly_process_group: 'fly_app_release_command' },
});

function stopped(): WireMachine {
  return aMachine({ state: 'stopped', config: unwakeable });
}
