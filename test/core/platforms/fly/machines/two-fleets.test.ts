import { describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import {
  describeStaleMachine,
  interruptedMachines,
  overtakenMachines,
} from '../../../../../packages/core/src/platforms/fly/machines/stale-machines.ts';
import { aConfig, aMachine, aService, aWireRelease } from '../../../../support/fly-machines.ts';

const config = (version: string, mark: Readonly<Record<string, string>> = {}) =>
  aConfig({
    metadata: { fly_platform_version: 'v2', fly_process_group: 'app', fly_release_version: version, ...mark },
    services: [aService()],
  });
const retired = { fly_bluegreen_deployment_tag: 'safe_to_destroy' };
const launched = { fly_flyctl_bluegreen_launch_id: 'x' };
const blue = (id: string, mark = {}, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('42', mark), ...change });
const green = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('43', launched), created_at: '2026-11-21T10:00:00Z', ...change });
const others = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('44'), ...change });
const releases = (status: string) => [aWireRelease(43, { status }), aWireRelease(42)];

describe('a bluegreen deploy that was killed leaves two fleets, of which goes', () => {
  it.each([
    [
      'the green one before the switch',
      'running',
      [blue('b1'), green('g1', { cordoned: true })],
      ['green machine g1 of v43'],
    ],
    [
      'the blue one that was to be retired while both serve',
      'interrupted',
      [blue('b1', retired), green('g1')],
      ['blue machine b1 of v42'],
    ],
    [
      'the blue one after the switch',
      'running',
      [blue('b1', retired, { cordoned: true }), green('g1')],
      ['blue machine b1 of v42'],
    ],
    [
      'the green one where it does not run',
      'running',
      [blue('b1', retired, { cordoned: true }), green('g1', { state: 'stopped' })],
      ['green machine g1 of v43'],
    ],
    [
      'none where it had cordoned some blue ones and neither fleet is whole',
      'running',
      [blue('b1', retired, { cordoned: true }), blue('b2'), green('g1')],
      [],
    ],
    [
      'the blue ones though it had cordoned only some, where the green ones stand for all',
      'running',
      [blue('b1', retired, { cordoned: true }), blue('b2', retired), green('g1'), green('g2')],
      ['blue machine b1 of v42', 'blue machine b2 of v42'],
    ],
    ['neither where the green one is the fleet', 'complete', [green('g1'), green('g2')], []],
    ['neither where there is one fleet', 'running', [green('g1')], []],
    [
      'neither of a mix that rolling left',
      'failed',
      [blue('b1'), aMachine({ id: 'r1', config: config('43') })],
      [],
    ],
  ])('%s', (_, status, machines, gone) => {
    expect(interruptedMachines(machines, releases(status)).map(describeStaleMachine)).toEqual(gone);
  });
});

describe('of a run that somebody else has overtaken, what it made goes', () => {
  const known = { releases: releases('running'), isOurs: (id: string) => id === 'v43' };
  it.each([
    ['where the winner’s machines stand for it', [green('g1'), others('o1')], ['green machine g1 of v43']],
    ['not where they are too few', [green('g1'), green('g2'), others('o1')], []],
    ['not where they are elsewhere', [green('g1'), others('o1', { region: 'fra' })], []],
    ['not where they do not run', [green('g1'), others('o1', { state: 'stopped' })], []],
    ['not where they are to be destroyed themselves', [green('g1'), blue('b1', retired)], []],
    [
      'never a machine that was there before',
      [aMachine({ id: 'r1', config: config('43') }), others('o1')],
      [],
    ],
  ])('%s', (_, machines, gone) => {
    expect(overtakenMachines(machines, known).map(describeStaleMachine)).toEqual(gone);
  });
});
