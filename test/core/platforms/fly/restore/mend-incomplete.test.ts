import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../../../packages/core/src/platforms/fly/machines/health.ts';
import { withMending } from '../../../../../packages/core/src/platforms/fly/restore/mend-incomplete.ts';
import { unknownPart } from '../../../../../packages/core/src/platforms/parts.ts';
import type { InstanceHealth, Missing } from '../../../../../packages/core/src/platforms/platform.ts';
import { aConfig, aMachine, anExit, aService } from '../../../../support/fly-machines.ts';

const web: Missing = { name: 'web/iad', there: 1, owed: 2 };
const worker: Missing = { name: 'my/work-er/fra', there: 0, owed: 1 };
const failure = {
  reason: 'incomplete',
  what: 'What serves is not all there.',
  next: 'Look at the fleet.',
  missing: [web, worker],
};
const machine = (instance: string, more: Partial<InstanceHealth> = {}): InstanceHealth => ({
  instance,
  healthy: true,
  note: 'started',
  ...more,
});
const down = (instance: string, missingFrom: string) => machine(instance, { healthy: false, missingFrom });
const start = (instance: string) => `\`fly machine start ${instance} --app shop\``;
const makeWeb = '`fly scale count web=2 --region iad --app shop`';
const makeWorker = '`fly scale count my/work-er=1 --region fra --app shop`';

describe('what is missing of a fleet comes back by commands that name it', () => {
  it.each<[string, readonly InstanceHealth[], readonly string[]]>([
    [
      'machines that are there are started',
      [machine('a'), down('b', 'web/iad'), down('c', 'my/work-er/fra')],
      [start('b'), start('c')],
    ],
    ['what is not there is made', [machine('a')], [makeWeb, makeWorker]],
    [
      'one is started and the other made, each part by what it lacks',
      [down('c', 'my/work-er/fra')],
      [makeWeb, start('c')],
    ],
    [
      'what is down elsewhere is not started in its place',
      [down('b', 'web/fra'), down('c', 'cron/iad')],
      [makeWeb, makeWorker],
    ],
    [
      'what fails while it runs, sleeps or waits as a standby is no part of it',
      [
        machine('b', { healthy: false }),
        machine('c', { atRest: true }),
        machine('s', { atRest: true, standby: true }),
        machine('o', { healthy: 'unknown', outOfSight: true }),
      ],
      [makeWeb, makeWorker],
    ],
    [
      'no more are started than are missing',
      [down('b', 'web/iad'), down('d', 'web/iad'), down('c', 'my/work-er/fra')],
      [start('b'), start('c')],
    ],
  ])('%s', (_, machines, commands) => {
    const next = `Run ${commands.join(' and ')}, then run this job again.`;
    expect(withMending(failure, 'shop', machines)).toEqual({ ...failure, next });
  });

  it('says how many more there are than are worth reading', () => {
    const missing = [{ name: 'web/iad', there: 0, owed: 8 }];
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const machines = ids.map((id) => down(id, 'web/iad'));
    const shown = ids.slice(0, 6).map(start).join(' and ');
    expect(withMending({ ...failure, missing }, 'shop', machines).next).toBe(
      `Run ${shown} and 2 more, as \`fly machine list --app shop\` shows them, then run this job again.`,
    );
  });

  it.each([
    ['another failure', { ...failure, reason: 'crashed' }],
    ['one that does not say what is missing', { ...failure, missing: [] }],
    ['one of which nobody knows the part', { ...failure, missing: [{ ...web, name: unknownPart }] }],
  ])('%s keeps its own advice', (_, other) => {
    expect(withMending(other, 'shop', [down('a', 'web/iad')])).toEqual(other);
  });
});

describe('a machine is missing from its part', () => {
  const crashed = { state: 'stopped', events: [anExit(1)] };
  const asked = { state: 'stopped', events: [anExit(0, { requested: true })] };
  const metadata = { fly_platform_version: 'v2', fly_process_group: 'app', fly_release_version: '42' };
  const services = [aService({ autostop: 'off' })];
  it.each([
    ['that runs', {}, {}, undefined],
    ['that ended by itself', crashed, { services }, 'app/iad'],
    ['that was stopped and that nothing starts', asked, {}, 'app/iad'],
    ['that was stopped and that a request starts', asked, { services }, undefined],
    [
      'that sleeps while nobody asks',
      { ...asked, events: [anExit(0)] },
      { services: [aService()] },
      undefined,
    ],
    ['that runs by a schedule', asked, { schedule: 'daily' }, undefined],
    ['that stands by', asked, { standbys: ['a2'] }, undefined],
    ['that stands by and once ended', crashed, { standbys: ['a2'] }, undefined],
  ])('%s', (_, change, config, missingFrom) => {
    const [told] = evidenceOf([aMachine({ ...change, config: aConfig({ metadata, ...config }) })], 60_000);
    expect(told?.missingFrom).toBe(missingFrom);
  });
});
