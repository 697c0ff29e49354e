import { describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { conditionOf } from '../../../../../packages/core/src/platforms/fly/machines/condition.ts';
import { aCheck, aConfig, aMachine, anEvent, anExit, aService } from '../../../../support/fly-machines.ts';

const now = 60_000;
const aged = (ms: number) => [anEvent({ timestamp: now - ms }), anEvent({ type: 'launch' })];
const update = anEvent({ type: 'update', status: 'replacing', timestamp: 9 });
const bare = {
  checks: [],
  config: aConfig({ metadata: {}, services: [aService({ checks: [] })] }),
};
const beforeStart = new Date(1).toISOString();

const fresh = aCheck({ updated_at: new Date(now).toISOString() });
/** Crashed after 20 s, and started again so long ago. */
const relapsed = (agoMs: number, restarts: number) => {
  const end = now - agoMs - 100;
  return [
    anEvent({ timestamp: now - agoMs }),
    { ...anExit(1, { restarts, restarting: true }), timestamp: end },
    anEvent({ timestamp: end - 20_000 }),
    anEvent({ type: 'launch', timestamp: end - 20_100 }),
  ];
};

type Row = readonly [string, WireMachine, string];

function table(rows: readonly Row[]): void {
  it.each(rows)('%s', (_name, machine, told) => {
    const { kind, note } = conditionOf(machine, now);
    expect(`${kind}: ${note}`).toBe(told);
  });
}

describe('a machine that runs', () => {
  table([
    ['is healthy when its checks pass', aMachine(), 'healthy: started, 1 of 1 checks passing'],
    [
      'fails with a critical check',
      aMachine({ checks: [aCheck({ name: 'http', status: 'critical' })] }),
      'failing: http is critical',
    ],
    ['waits for its checks', aMachine({ checks: [] }), 'pending: no check has reported yet'],
    [
      'is not proved by a check from before it started',
      aMachine({ checks: [aCheck({ updated_at: beforeStart })] }),
      'pending: no check has reported yet',
    ],
    [
      'is not blamed for a check from before it started',
      aMachine({ checks: [aCheck({ status: 'critical', updated_at: beforeStart })] }),
      'pending: no check has reported yet',
    ],
    [
      'waits for the last of its checks',
      aMachine({ checks: [aCheck(), aCheck({ updated_at: beforeStart })] }),
      'pending: started, 1 of 2 checks passing',
    ],
    [
      'believes a check without a time',
      aMachine({ checks: [aCheck({ updated_at: undefined })] }),
      'healthy: started, 1 of 1 checks passing',
    ],
    [
      'without checks has to live for a while',
      aMachine({ ...bare, events: aged(9_999) }),
      'pending: started less than 10 s ago, and has no checks',
    ],
    [
      'without checks has lived long enough',
      aMachine({ ...bare, events: aged(10_000) }),
      'healthy: started, 0 of 0 checks passing',
    ],
    [
      'without checks is believed when its start is too long ago to be listed',
      aMachine({ ...bare, events: [] }),
      'healthy: started, 0 of 0 checks passing',
    ],
    [
      'that crashed once is not believed before it has lived longer than the time before',
      aMachine({ events: relapsed(8_000, 1), checks: [fresh] }),
      'pending: exited with code 1, restart 1, and started again less than 24 s ago',
    ],
    [
      'that crashed once is believed when it has',
      aMachine({ events: relapsed(25_000, 1), checks: [fresh] }),
      'healthy: started, 1 of 1 checks passing',
    ],
    [
      'that crashed twice and does not pass its checks is in a loop',
      aMachine({ events: relapsed(1_000, 2), checks: [{ ...fresh, status: 'critical' }] }),
      'crashed: exited with code 1, restart 2',
    ],
    [
      'that crashed twice and passes its checks may still prove itself',
      aMachine({ events: relapsed(1_000, 2), checks: [fresh] }),
      'pending: exited with code 1, restart 2, and started again less than 24 s ago',
    ],
    [
      'whose crash was of the release before is not blamed for it',
      aMachine({
        events: [anEvent({ timestamp: now - 1 }), update, anExit(1, { restarts: 2 })],
        checks: [fresh],
      }),
      'healthy: started, 1 of 1 checks passing',
    ],
    [
      'is healthy again after a crash',
      aMachine({ events: [anEvent({ timestamp: 4 }), anExit(1, { restarts: 3 })] }),
      'healthy: started, 1 of 1 checks passing',
    ],
    ['is not there yet while it starts', aMachine({ state: 'starting' }), 'pending: state starting'],
    [
      'has crashed when it cannot be launched',
      aMachine({ state: 'launch_failed' }),
      'crashed: state launch_failed',
    ],
  ]);
});

describe('a process that ended', () => {
  const stopped = (...events: WireMachine['events'] & {}) => aMachine({ state: 'stopped', events });
  table([
    ['is fine when it was asked to', stopped(anExit(0, { requested: true })), 'healthy: stopped on purpose'],
    [
      'is fine when it was asked to, whatever its code',
      stopped(anExit(143, { requested: true })),
      'healthy: stopped on purpose',
    ],
    [
      'is not missed when none was started',
      stopped(anEvent({ type: 'launch' })),
      'healthy: stopped on purpose',
    ],
    [
      'is not held against a release that came later and was not started',
      stopped(update, anExit(1, { restarts: 10 })),
      'healthy: stopped on purpose',
    ],
    ['has crashed when it ended by itself', stopped(anExit(0)), 'crashed: exited by itself with code 0'],
    [
      'has done its work when Fly starts it on a schedule',
      aMachine({ state: 'stopped', events: [anExit(0)], config: aConfig({ schedule: 'hourly' }) }),
      'healthy: ended, as scheduled ones do',
    ],
    [
      'has crashed when it failed, also on a schedule',
      aMachine({ state: 'stopped', events: [anExit(1)], config: aConfig({ schedule: 'hourly' }) }),
      'crashed: exited with code 1, restart 0',
    ],
    [
      'has crashed when it failed',
      stopped(anExit(1, { restarts: 10 })),
      'crashed: exited with code 1, restart 10',
    ],
    [
      'may come back once',
      stopped(anExit(1, { restarting: true, restarts: 1 })),
      'pending: exited with code 1, restart 1',
    ],
    [
      'may come back though its checks still pass',
      aMachine({ events: [anExit(1, { restarting: true, restarts: 1 })] }),
      'pending: exited with code 1, restart 1',
    ],
    [
      'is waited for while it ends and is started again without an error',
      stopped(anExit(0, { restarting: true, restarts: 4 })),
      'pending: exited with code 0, restart 4',
    ],
    [
      'has crashed when it keeps failing',
      aMachine({ events: [anExit(137, { restarting: true, restarts: 2, oom: true })] }),
      'crashed: exited with code 137 (out of memory), restart 2',
    ],
  ]);
});
