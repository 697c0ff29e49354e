import { describe, expect, it } from 'vitest';
import { liveOf } from '../../../../../packages/core/src/platforms/fly/api/live.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { evidenceOf } from '../../../../../packages/core/src/platforms/fly/machines/health.ts';
import { isSwitchedOff, neverStarted } from '../../../../../packages/core/src/platforms/fly/machines/idle.ts';
import { aConfig, aMachine, anEvent, anExit, aService } from '../../../../support/fly-machines.ts';

const metadata = { fly_platform_version: 'v2', fly_process_group: 'web', fly_release_version: '42' };
const config = (change: Parameters<typeof aConfig>[0] = {}) =>
  aConfig({ metadata, services: [aService()], ...change });

/** Stopped, and made what it is without a start. */
const changed = [anEvent({ type: 'launch' }), anEvent({ type: 'update' })];
/** It ran after that, and was asked to stop. */
const proved = [
  anExit(0, { requested: true }),
  anEvent({ type: 'stop' }),
  anEvent({ type: 'start' }),
  ...changed,
];

const asleep = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, state: 'stopped', config: config(), events: changed, checks: [], ...change });
const worker = (id: string) =>
  asleep(id, { config: config({ metadata: { ...metadata, fly_process_group: 'worker' }, services: [] }) });

describe('of a fleet there is woken', () => {
  it.each<[string, readonly WireMachine[], readonly string[]]>([
    ['one machine of a group that sleeps', [asleep('a'), asleep('b')], ['a']],
    ['one that is suspended as well', [asleep('a', { state: 'suspended' })], ['a']],
    ['none of a group of which one runs', [asleep('a'), aMachine({ id: 'b', config: config() })], []],
    ['none of a group that has run since it was changed', [asleep('a'), asleep('b', { events: proved })], []],
    ['none that nobody asks for', [worker('w')], []],
    [
      'none that people want stopped',
      [asleep('a', { config: config({ services: [aService({ autostart: false })] }) })],
      [],
    ],
    [
      'none that stands by for another, but that other one',
      [asleep('s', { config: config({ standbys: ['a'] }) }), asleep('a')],
      ['a'],
    ],
    [
      'one of each group that sleeps',
      [
        asleep('a'),
        worker('w'),
        asleep('b', { config: config({ metadata: { ...metadata, fly_process_group: 'api' } }) }),
      ],
      ['a', 'b'],
    ],
  ])('%s', (_, machines, woken) => {
    expect(neverStarted(machines).map(({ id }) => id)).toEqual(woken);
  });
});

describe('a fleet is switched off', () => {
  const off = asleep('a', { config: config({ services: [aService({ autostart: false })] }) });
  it.each<[string, readonly WireMachine[], boolean]>([
    ['when all is stopped and no request starts it', [off, worker('w')], true],
    ['not while one machine runs', [off, aMachine({ id: 'b', config: config() })], false],
    ['not where a request wakes one', [off, asleep('b')], false],
    [
      'not where one is started by the clock',
      [asleep('a', { config: config({ services: [], schedule: 'hourly' }) })],
      false,
    ],
    ['not while one is on its way', [off, asleep('b', { state: 'starting' })], false],
    ['not when there is none', [], false],
  ])('%s', (_, machines, switchedOff) => {
    expect(isSwitchedOff(machines)).toBe(switchedOff);
    expect(Object(liveOf(machines, { app: 'shop', releases: [], accepted: [] })).switchedOff ?? false).toBe(
      switchedOff,
    );
  });
});

it('a machine that stands by is told apart from one that was put to rest', () => {
  const standby = asleep('s', { config: config({ services: [], standbys: ['a'] }) });
  const told = evidenceOf([asleep('a'), standby, aMachine({ ...standby, state: 'started' })], 60_000);
  expect(told.map(({ note, standby: is }) => [note, is === true])).toEqual([
    ['stopped on purpose', false],
    ['a standby, stopped until the host of another is lost', true],
    ['started, 0 of 0 checks passing', false],
  ]);
});
