import { describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { abandonedMachines } from '../../../../../packages/core/src/platforms/fly/machines/abandoned.ts';
import { describeStaleMachine } from '../../../../../packages/core/src/platforms/fly/machines/stale-machines.ts';
import { aConfig, aMachine, aService, aWireRelease } from '../../../../support/fly-machines.ts';

const config = (version: string, marks: Readonly<Record<string, string>> = {}) =>
  aConfig({
    metadata: {
      fly_platform_version: 'v2',
      fly_process_group: 'app',
      fly_release_version: version,
      ...marks,
    },
    services: [aService()],
  });
const old = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('42'), ...change });
const made = (id: string, marks: Readonly<Record<string, string>>, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('43', marks), created_at: '2026-11-21T10:00:00Z', ...change });
const canary = (id: string, change: Partial<WireMachine> = {}) => made(id, { fly_canary: 'true' }, change);
const green = (id: string, change: Partial<WireMachine> = {}) =>
  made(id, { fly_flyctl_bluegreen_launch_id: 'x' }, change);
const blue = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('42', { fly_bluegreen_deployment_tag: 'safe_to_destroy' }), ...change });
const command = (id: string) => made(id, { fly_process_group: 'fly_app_release_command' });
const releases = (status: string) => [aWireRelease(43, { status }), aWireRelease(42)];

describe('of the machines that are there, a deploy that is over has left', () => {
  it.each([
    ['no canary: nothing is beside the fleet', 'running', [old('a1'), old('a2')], []],
    [
      'its canary, which serves beside the fleet',
      'interrupted',
      [old('a1'), old('a2'), canary('c1')],
      ['canary c1 of v43'],
    ],
    [
      'its canary, which is down',
      'failed',
      [old('a1'), canary('c1', { state: 'stopped' })],
      ['canary c1 of v43'],
    ],
    ['no canary where it is all there is', 'interrupted', [canary('c1')], []],
    [
      'no canary where it is of another process group than the rest',
      'interrupted',
      [old('a1'), canary('c1', { config: config('43', { fly_canary: 'true', fly_process_group: 'web' }) })],
      [],
    ],
    [
      'no canary that a later deploy has updated',
      'complete',
      [old('a1'), canary('c1', { created_at: '2026-11-20T10:00:00Z' })],
      [],
    ],
    [
      'no canary on a lost host: nobody can tell',
      'failed',
      [old('a1'), canary('c1', { host_status: 'unreachable' })],
      [],
    ],
    [
      'both green machines before the switch',
      'running',
      [old('a1'), old('a2'), green('g1', { cordoned: true }), green('g2', { cordoned: true })],
      ['green machine g1 of v43', 'green machine g2 of v43'],
    ],
    [
      'both blue machines after it',
      'failed',
      [blue('b1', { cordoned: true }), blue('b2', { cordoned: true }), green('g1'), green('g2')],
      ['blue machine b1 of v42', 'blue machine b2 of v42'],
    ],
    [
      'blue machines that Fly refused to destroy in a deploy that went well',
      'complete',
      [blue('b1', { cordoned: true, state: 'stopped' }), green('g1')],
      ['blue machine b1 of v42'],
    ],
    [
      'no blue machine that nothing stands for',
      'complete',
      [blue('b1', { cordoned: true }), blue('b2', { cordoned: true }), green('g1')],
      [],
    ],
    ['no blue machine that takes traffic', 'complete', [blue('b1'), green('g1')], []],
    [
      'no machine of the release that serves, though it has kept a mark',
      'complete',
      [
        aMachine({
          id: 'k1',
          cordoned: true,
          config: config('43', { fly_bluegreen_deployment_tag: 'safe_to_destroy' }),
        }),
        green('g1'),
      ],
      [],
    ],
    [
      'the machine of a release command that is over',
      'failed',
      [old('a1'), command('r1')],
      ['release command machine r1 of v43'],
    ],
    ['no machine of a release command that may run still', 'running', [old('a1'), command('r1')], []],
  ])('%s', (_, status, machines, left) => {
    expect(abandonedMachines(machines, releases(status)).map(describeStaleMachine)).toEqual(left);
  });
});
