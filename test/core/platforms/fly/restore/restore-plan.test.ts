import { describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import {
  type FleetScope,
  wholeFleet,
} from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { idleStaleMachines } from '../../../../../packages/core/src/platforms/fly/machines/stale-machines.ts';
import { restorePlanFor } from '../../../../../packages/core/src/platforms/fly/restore/restore-plan.ts';
import { aRelease } from '../../../../support/a-release.ts';
import { aConfig, aMachine, aWireRelease } from '../../../../support/fly-machines.ts';

/** v42 served, and this run made v43 in the middle of the day. */
const releases = [
  aWireRelease(43, { createdAt: '2026-11-21T12:00:00Z' }),
  aWireRelease(42, { createdAt: '2026-11-20T09:00:00Z' }),
];
const old = aRelease({ id: 'v42', artifact: aMachine().image_ref?.digest ?? '' });

interface Marked {
  readonly version?: string;
  readonly group?: string;
  readonly region?: string;
  readonly cordoned?: boolean;
  readonly marks?: Readonly<Record<string, string>>;
  readonly created?: string;
}

function machine(id: string, given: Marked = {}): WireMachine {
  const { version = '42', group = 'app', marks = {}, cordoned = false, region = 'iad' } = given;
  const { created = version === '43' ? '2026-11-21T12:00:01Z' : '2026-11-01T00:00:00Z' } = given;
  const fly = { fly_platform_version: 'v2', fly_process_group: group, fly_release_version: version };
  return aMachine({
    id,
    cordoned,
    region,
    created_at: created,
    config: aConfig({ metadata: { ...fly, ...marks } }),
  });
}

const launch = { fly_flyctl_bluegreen_launch_id: '01J' };
const retired = { fly_bluegreen_deployment_tag: 'safe_to_destroy' };
const green = (id: string, given: Marked = {}) => machine(id, { version: '43', marks: launch, ...given });
const blue = (id: string, given: Marked = {}) => machine(id, { marks: retired, cordoned: true, ...given });
const canary = (id: string, given: Marked = {}) =>
  machine(id, { version: '43', marks: { fly_canary: 'true' }, ...given });
const migration = (given: Marked = {}) =>
  machine('r1', { version: '43', group: 'fly_app_release_command', ...given });

function back(
  machines: readonly WireMachine[],
  { ours = ['v43'], scope = wholeFleet }: { ours?: string[]; scope?: FleetScope } = {},
) {
  const way = restorePlanFor(old, { machines, releases, scope, isOurs: (id) => ours.includes(id) });
  const removed = way.kind === 'reinstate' ? way.remove : way.removeBefore;
  return {
    kind: way.kind,
    removed: removed.map(({ machine: { id }, kind }) => `${kind} ${id}`),
    ...(way.kind === 'reinstate'
      ? { retired: way.retired.map(({ id }) => id) }
      : { after: way.removeAfter.map(({ id }) => id) }),
  };
}

const redeploy: ReturnType<typeof back> = { kind: 'redeploy', removed: [], after: [] };

describe('the way back to the old release', () => {
  it.each<[string, readonly WireMachine[], ReturnType<typeof back>]>([
    [
      'is a deploy where its machines run something else',
      [machine('a1', { version: '43', created: '2026-11-01T00:00:00Z' }), machine('b2')],
      redeploy,
    ],
    [
      'is to destroy the canary beside machines that never changed',
      [machine('a1'), machine('b2'), canary('c3')],
      { kind: 'reinstate', removed: ['canary c3'], retired: [] },
    ],
    [
      'is a deploy without the canary where a machine has changed',
      [machine('a1', { version: '43', created: '2026-11-01T00:00:00Z' }), canary('c3')],
      { ...redeploy, removed: ['canary c3'] },
    ],
    [
      'is to destroy green machines before the switch',
      [machine('a1'), green('c3', { cordoned: true })],
      { kind: 'reinstate', removed: ['green c3'], retired: [] },
    ],
    [
      'is to let blue machines take over again after the switch',
      [blue('a1'), blue('b2'), green('c3'), green('d4')],
      { kind: 'reinstate', removed: ['green c3', 'green d4'], retired: ['a1', 'b2'] },
    ],
    [
      'is a deploy on green machines where a blue one is gone, which makes the other blue one too many',
      [blue('a1'), green('c3'), green('d4')],
      { ...redeploy, after: ['a1'] },
    ],
    [
      'counts green machines by group, and empties none',
      [blue('a1'), blue('b2'), green('c3', { group: 'worker' })],
      redeploy,
    ],
    [
      'counts them by region, and empties none',
      [blue('a1'), blue('b2'), green('c3', { region: 'ams' })],
      redeploy,
    ],
    ['is a deploy on green machines where all blue ones are gone', [green('c3'), green('d4')], redeploy],
    [
      'passes over a machine that was there before its release, whatever marks it kept',
      [
        machine('a1', { version: '43', marks: launch, cordoned: true, created: '2026-11-01T00:00:00Z' }),
        machine('b2'),
      ],
      redeploy,
    ],
    [
      'leaves a release command of somebody else alone',
      [machine('a1'), machine('b2'), migration({ version: '44' })],
      redeploy,
    ],
  ])('%s', (_name, machines, way) => {
    expect(back(machines)).toEqual(way);
  });

  it('takes green machines that serve for the fleet when this run did not make them', () => {
    expect(back([machine('a1'), green('c3')], { ours: [] })).toEqual(redeploy);
  });

  it('knows them for what they are when the blue ones are marked', () => {
    expect(back([blue('a1'), green('c3')], { ours: [] })).toEqual({
      kind: 'reinstate',
      removed: ['green c3'],
      retired: ['a1'],
    });
  });

  it('stays within the scope, but for what this run made elsewhere', () => {
    const machines = [machine('a1', { region: 'ams' }), machine('b2'), canary('c3')];
    const scope = { ...wholeFleet, regions: ['ams'] };
    expect(back(machines, { scope })).toEqual({ kind: 'reinstate', removed: ['canary c3'], retired: [] });
    expect(back(machines, { scope, ours: [] })).toEqual(redeploy);
  });
});

describe('what this run left that takes no traffic', () => {
  it.each([
    ['a canary', canary('c3'), ['canary']],
    ['a green machine before the switch', green('c3', { cordoned: true }), ['green']],
    ['the machine of its release command', migration(), ['release-command']],
    ['no green machine that serves', green('c3'), []],
    ['no canary of another release', canary('c3', { version: '42' }), []],
    ['nothing of the fleet', machine('a1'), []],
    ['nothing that is gone', { ...canary('c3'), state: 'destroyed' }, []],
  ])('is %s', (_name, left, kinds) => {
    const found = idleStaleMachines([left], { releases, isOurs: (id) => id === 'v43' });
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
  });
});
