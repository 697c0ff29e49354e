import { describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { exitsOf, hasEnded, partsOf } from '../../../../../packages/core/src/platforms/fly/machines/parts.ts';
import { aConfig, aMachine, anEvent, anExit, aService } from '../../../../support/fly-machines.ts';

const metadata = (group: string, version: string) => ({
  fly_platform_version: 'v2',
  fly_process_group: group,
  fly_release_version: version,
});
const config = (group: string, change: Parameters<typeof aConfig>[0] = {}) =>
  aConfig({ metadata: { fly_platform_version: 'v2', fly_process_group: group }, services: [], ...change });
const worker = (change: Partial<WireMachine> = {}) => aMachine({ config: config('worker'), ...change });
const web = (change: Partial<WireMachine> = {}) =>
  aMachine({ config: config('web', { services: [aService()] }), ...change });
const stopped = (...events: WireMachine['events'] & object) => worker({ state: 'stopped', events });
const update = anEvent({ type: 'update', timestamp: 9 });

describe('a machine has ended by itself', () => {
  it.each([
    ['where its process exited and nobody asked', stopped(anExit(0)), true],
    ['also where it was updated since, which starts nothing', stopped(update, anExit(0)), true],
    ['where it crashed for good', stopped(anExit(1, { restarts: 3 })), true],
    ['where it could never be launched', worker({ state: 'launch_failed' }), true],
    ['not where it was asked to stop', stopped(anExit(0, { requested: true })), false],
    ['not where it was never started', stopped(update), false],
    ['not where it was started since', stopped(anEvent({ timestamp: 9 }), anExit(1)), false],
    ['not between a crash and its restart', stopped(anExit(1, { restarting: true })), false],
    ['not while it runs', worker({ events: [anEvent(), anExit(1)] }), false],
    [
      'not where the clock starts it again',
      worker({ state: 'stopped', events: [anExit(0)], config: config('job', { schedule: 'hourly' }) }),
      false,
    ],
  ])('%s', (_, machine, expected) => {
    expect(hasEnded(machine)).toBe(expected);
  });
});

it('counts each process group in each region', () => {
  const machines = [
    web(),
    web({ state: 'stopped', events: [anExit(0, { requested: true })] }),
    web({ region: 'fra' }),
    worker(),
    stopped(update, anExit(0)),
    worker({ host_status: 'unreachable' }),
    worker({ state: 'created', events: [] }),
  ];
  expect(partsOf(machines)).toEqual([
    { name: 'web/iad', running: 1, resting: 1, ended: 0, unknown: 0, wakes: true },
    { name: 'web/fra', running: 1, resting: 0, ended: 0, unknown: 0, wakes: true },
    { name: 'worker/iad', running: 1, resting: 1, ended: 1, unknown: 1, wakes: false },
  ]);
});

it('counts no canary, and of two fleets that a cut bluegreen deploy left the larger', () => {
  const marked = (id: string, version: string, mark: Readonly<Record<string, string>>) =>
    aMachine({ id, config: config('web', { metadata: { ...metadata('web', version), ...mark } }) });
  const green = (id: string) => marked(id, '43', { fly_flyctl_bluegreen_launch_id: 'x' });
  const counted = (...machines: WireMachine[]) => partsOf(machines).map(({ running }) => running);
  const [blue, canary] = [marked('b', '42', {}), marked('c', '43', { fly_canary: 'true' })];
  expect(counted(blue, canary)).toEqual([1]);
  expect(counted(blue, green('g'), green('h'))).toEqual([2]);
  expect(counted(blue, marked('d', '43', {}))).toEqual([2]);
});

it('tells every end that nobody asked for, and when', () => {
  const machines = [
    worker({ events: [anEvent({ timestamp: 9 }), { ...anExit(1), timestamp: 8 }] }),
    web({ id: 'b2', events: [anExit(0, { requested: true })] }),
    worker({ id: 'c3', config: config('job', { schedule: 'daily' }), events: [anExit(0)] }),
  ];
  expect(exitsOf(machines)).toEqual(['a1 at 1970-01-01T00:00:00.008Z']);
});
