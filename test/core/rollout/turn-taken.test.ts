import { expect, it } from 'vitest';
import { Turns } from '../../../packages/core/src/deployment/turns.ts';
import { writeFact } from '../../../packages/core/src/ledger/facts.ts';
import type { OpenRecord } from '../../../packages/core/src/ledger/ledger.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import type { TurnPort } from '../../../packages/core/src/rollout/ports.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';
import { ModelPlatform } from '../../support/model-platforms/model-platform.ts';
import { modelPorts } from '../../support/model-platforms/run-model.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const limits = {
  timeoutMs: 60_000,
  restoreTimeoutMs: 60_000,
  signal: new AbortController().signal,
};

function stage() {
  const clock = new VirtualClock();
  const ledger = new MemoryLedger();
  const ports = modelPorts(calm, { clock, ledger, model: new ModelPlatform(calm, clock), log: [] });
  const asked: number[] = [];
  /** Another run goes first at the first question, for `waits`; then nobody. */
  const turn = (waits = 0): TurnPort => ({
    ask: async () => {
      asked.push(clock.monotonic());
      const by = aRecord({ id: '0', intent: anIntent({ run: '5' }) });
      const untilMs = clock.now() + waits;
      return asked.length === 1 && waits > 0 ? { kind: 'held', by, untilMs } : { kind: 'own' };
    },
    isOver: async () => false,
    now: () => clock.now(),
    rollback: async () => undefined,
  });
  return { clock, ledger, ports, asked, turn };
}

it('a wait is not paid from `timeout`', async () => {
  const { clock, ports, turn } = stage();
  const { outcome, reason } = await runRollout(calm.plan, { ...ports, turn: turn(600_000) }, limits);
  expect(`${outcome}/${reason}`).toBe('live/verified');
  const waited = ports.timeline.steps.find(({ name }) => name === 'wait');
  expect(waited).toMatchObject({ durationMs: 15_000, note: 'run 5 of ada has ended' });
  expect(clock.monotonic()).toBeGreaterThan(15_000);
});

it('a record that GitHub is slow to write is a ticket all the same: it asks before it ships', async () => {
  const { clock, ledger, ports, asked, turn } = stage();
  const open = ledger.open.bind(ledger);
  ledger.open = async (...all) => {
    await clock.sleep(15_000);
    return open(...all);
  };
  const { outcome } = await runRollout(calm.plan, { ...ports, turn: turn() }, limits);
  expect(outcome).toBe('live');
  expect(asked).toHaveLength(1);
});

it('a record that never comes to be known is told of: others may wait for it, and it waits for nobody', async () => {
  const { ledger, ports, asked, turn } = stage();
  ledger.open = () => new Promise(() => {});
  const { outcome, notes } = await runRollout(calm.plan, { ...ports, turn: turn() }, limits);
  expect({ outcome, asked }).toEqual({ outcome: 'live', asked: [] });
  expect(notes).toEqual([expect.stringContaining('Whether another run was at work could not be seen')]);
});

it('a gate that cannot be asked after a wait ends the record', async () => {
  const { ledger, ports, turn } = stage();
  let gates = 0;
  const gateFacts: typeof ports.gateFacts = async (...all) => {
    gates += 1;
    if (gates === 2) throw new Error('Fly answered 500');
    return ports.gateFacts(...all);
  };
  const { outcome, reason } = await runRollout(
    calm.plan,
    { ...ports, turn: turn(60_000), gateFacts },
    limits,
  );
  expect(`${outcome}/${reason}`).toBe('inconclusive/platform-unreachable');
  expect(ledger.story).toEqual(['deploy error: abandoned unknown']);
});

it('what is seen after a wait is decided on only when the record of whoever made it is to be seen', async () => {
  const { ports, asked, turn } = stage();
  await runRollout(calm.plan, { ...ports, turn: turn(600_000) }, limits);
  // Held at the first, free after 15 s; then it looks once more, asks at once, and for good 3 s after it has looked.
  expect(asked).toEqual([1_000, 16_000, 17_000, 20_000]);
});

/** The door over records of which run 9 is gone. */
function turnsOver(...looks: readonly (readonly LedgerRecord[])[]) {
  const left = [...looks];
  let now = Date.parse('2026-11-21T08:05:00Z');
  const asked: string[] = [];
  const written: string[] = [];
  const reopen = (id: string): OpenRecord => ({
    id,
    add: async (fact, state) => {
      written.push(`${id} ${state}: ${writeFact(fact)}`);
      return 'written';
    },
  });
  const turns = new Turns({
    newest: async () => (left.length > 1 ? left.shift() : left[0]) ?? [],
    ledger: { availability: 'full', reopen },
    runs: {
      isOver: async ({ run }) => {
        asked.push(run);
        return run === '9';
      },
    },
    now: () => now,
    github: { calls: 0 },
  });
  const later = (ms: number) => {
    now += ms;
  };
  return { turns, asked, written, later };
}

const own = aRecord({ id: '5', intent: anIntent({ run: '5' }) });
const lost = aRecord({ id: '6', kind: 'rollback', intent: anIntent({ run: '9' }) });
const running = aRecord({ id: '7', kind: 'rollback', intent: anIntent({ run: '8' }) });

it('a rollback whose runner is lost overtakes nobody, and keeps nothing from being taken back', async () => {
  const { turns, written, later } = turnsOver([lost, own]);
  expect([await turns.ask('5'), await turns.rollback('5')]).toEqual([{ kind: 'own' }, undefined]);
  // What it wrote last may not be seen yet.
  later(9_000);
  await turns.ask('5');
  expect(written).toEqual([]);
  // Nobody else would end its record, and it is ended once.
  later(1_000);
  await turns.ask('5');
  await turns.ask('5');
  expect(written).toEqual(['6 error: belay/1 abandoned unknown']);
});

it('a run that had come to its end, which was not seen when it was known to be over, is told nothing of', async () => {
  const ended = aRecord(
    { id: '6', kind: 'rollback', intent: anIntent({ run: '9' }) },
    { kind: 'restored', release: 'v1' },
  );
  const { turns, written, later } = turnsOver([lost, own], [ended, own]);
  expect(await turns.ask('5')).toEqual({ kind: 'own' });
  later(60_000);
  await turns.ask('5');
  expect(written).toEqual([]);
});

it('one that goes first is waited for as long as its own budget runs, by the clock that dates its record', async () => {
  const ahead = aRecord({ id: '4', intent: anIntent({ run: '4', budgetMs: 30 * 60_000 }) });
  let now = Date.parse(ahead.created) + 29 * 60_000;
  const turns = new Turns({
    newest: async () => [own, ahead],
    ledger: { availability: 'full', reopen: (id) => ({ id, add: async () => 'failed' }) },
    runs: { isOver: async () => false },
    now: () => now,
    github: { calls: 0 },
  });
  const untilMs = Date.parse(ahead.created) + 30 * 60_000;
  expect([await turns.ask('5'), turns.now()]).toEqual([{ kind: 'held', by: ahead, untilMs }, now]);
  now += 60_000;
  expect([await turns.ask('5'), turns.now()]).toEqual([{ kind: 'own' }, untilMs]);
});

it('one that is under way does, beside it', async () => {
  const { turns, asked, written, later } = turnsOver([running, lost, own]);
  expect(await turns.ask('5')).toEqual({ kind: 'overtaken', by: running });
  expect(asked).toEqual(['9', '8']);
  later(10_000);
  await turns.ask('5');
  expect(written).toEqual(['6 error: belay/1 abandoned unknown']);
});

it('one that is lost and has switched is not shipped over', async () => {
  const half = aRecord(
    { id: '6', kind: 'rollback', intent: lost.intent },
    { kind: 'activated', release: 'v4' },
  );
  const { turns } = turnsOver([half, own]);
  expect(await turns.ask('5')).toEqual({ kind: 'overtaken', by: half });
});

it('a record that was forgotten a day ago gets its end at the first look, once', async () => {
  const forgotten = aRecord({ id: '3', created: '2026-11-20T08:00:00Z', intent: anIntent({ run: '3' }) });
  const { turns, asked, written } = turnsOver([own, forgotten]);
  expect([await turns.ask('5'), await turns.ask('5')]).toEqual([{ kind: 'own' }, { kind: 'own' }]);
  expect([asked, written]).toEqual([[], ['3 error: belay/1 abandoned unknown']]);
});
