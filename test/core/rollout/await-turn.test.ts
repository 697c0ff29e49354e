import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { Turn } from '../../../packages/core/src/ledger/turn.ts';
import { takeTurn, waitTurn } from '../../../packages/core/src/rollout/await-turn.ts';
import type { TurnPort } from '../../../packages/core/src/rollout/ports.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const signal = new AbortController().signal;
const minute = 60_000;
const holder = (run: string) => aRecord({ id: run, intent: anIntent({ run }) });

/** What the records say as time goes by, and everything that is asked of GitHub. */
class Records implements TurnPort {
  readonly calls: { readonly at: number; readonly what: string }[] = [];
  readonly clock = new VirtualClock();
  readonly log: string[] = [];
  readonly #turn: (atMs: number) => Turn | { kind: 'unknown' };
  readonly #isOver: (atMs: number) => boolean;

  constructor(
    turn: (atMs: number) => Turn | { kind: 'unknown' },
    isOver: (atMs: number) => boolean = () => false,
  ) {
    this.#turn = turn;
    this.#isOver = isOver;
  }

  async ask(): Promise<Turn | { kind: 'unknown' }> {
    return this.#turn(this.#called('records'));
  }

  async isOver({ intent }: LedgerRecord): Promise<boolean> {
    return this.#isOver(this.#called(`run ${intent.run}`));
  }

  async rollback(): Promise<undefined> {}

  /** The time of whoever dates the records. */
  now(): number {
    return this.clock.now();
  }

  /** A wait behind run 7, which has `budgetMs` left. */
  async wait(budgetMs: number) {
    const untilMs = this.clock.now() + budgetMs;
    const event = await waitTurn(this.ports, '9', { by: holder('7'), untilMs, signal });
    return { event, tookMs: this.clock.monotonic() };
  }

  get ports() {
    return { turn: this, clock: this.clock, log: (line: string) => this.log.push(line) };
  }

  #called(what: string): number {
    const at = this.clock.monotonic();
    this.calls.push({ at, what });
    return at;
  }
}

const start = new VirtualClock().now();
/** Until so many milliseconds after the beginning. */
const held = (run: string, endsAt = 10 * minute): Turn => ({
  kind: 'held',
  by: holder(run),
  untilMs: start + endsAt,
});
const own = { kind: 'own' } as const;

describe('a deploy that waits for its turn', () => {
  it('goes on once the other one has ended', async () => {
    const records = new Records((at) => (at < 40_000 ? held('7') : own));
    expect(await records.wait(10 * minute)).toEqual({
      event: { kind: 'turn-came', note: 'run 7 of ada has ended' },
      tookMs: 45_000,
    });
  });

  it('goes on at once where the other one’s run is over', async () => {
    const records = new Records(
      () => own,
      () => true,
    );
    expect(await records.wait(10 * minute)).toEqual({
      event: { kind: 'turn-came', note: 'run 7 of ada is over' },
      tookMs: 0,
    });
    expect(records.log).toEqual([
      'Waiting for run 7 of ada, which goes first: until 2026-11-21 00:10:00 UTC at the latest. That is outside `timeout`, and the job’s `timeout-minutes` has to have room for it.',
      'run 7 of ada is over: it is not waited for.',
    ]);
  });

  it('goes on when the other one’s time is used up, whatever its record says', async () => {
    const records = new Records(() => ({ kind: 'unknown' }));
    expect(await records.wait(100_000)).toEqual({
      event: { kind: 'turn-came', note: 'the time of run 7 of ada is used up' },
      tookMs: 100_000,
    });
  });

  it('waits for the next in turn as long as that one may take, and says so', async () => {
    const records = new Records((at) => {
      if (at < 20_000) return held('7', 5 * minute);
      return at < 3 * minute ? held('8', 10.5 * minute) : own;
    });
    expect((await records.wait(5 * minute)).event).toEqual({
      kind: 'turn-came',
      note: 'run 8 of ada has ended',
    });
    expect(records.log).toEqual([
      'Waiting for run 7 of ada, which goes first: until 2026-11-21 00:05:00 UTC at the latest. That is outside `timeout`, and the job’s `timeout-minutes` has to have room for it.',
      'Waiting for run 8 of ada, which goes first: until 2026-11-21 00:10:30 UTC at the latest. That is outside `timeout`, and the job’s `timeout-minutes` has to have room for it.',
    ]);
  });

  it.each([
    ['forward by a day', 24 * 60 * minute],
    ['back by a day', -24 * 60 * minute],
  ])('waits as long where the runner’s clock is set %s meanwhile', async (_, stepMs) => {
    const records = new Records((at) => (at < 40_000 ? held('7') : own));
    const { clock } = records;
    const now = () => clock.now() + (clock.monotonic() < 20_000 ? 0 : stepMs);
    const runner = {
      now,
      monotonic: () => clock.monotonic(),
      sleep: (ms: number, cut?: AbortSignal) => clock.sleep(ms, cut),
    };
    const first = { by: holder('7'), untilMs: start + 10 * minute, signal };
    expect(await waitTurn({ ...records.ports, clock: runner }, '9', first)).toEqual({
      kind: 'turn-came',
      note: 'run 7 of ada has ended',
    });
    expect(clock.monotonic()).toBe(45_000);
  });

  it('ends where somebody takes the target back meanwhile', async () => {
    const by = { ...holder('8'), kind: 'rollback' as const };
    const records = new Records((at) => (at < 30_000 ? held('7') : { kind: 'overtaken', by }));
    expect((await records.wait(10 * minute)).event).toEqual({
      kind: 'turn',
      turn: { kind: 'overtaken', by },
    });
  });

  it('asks GitHub four times a minute at most, and of the run once in it', async () => {
    const records = new Records(() => held('7'));
    await records.wait(10 * minute);
    const inEachMinute = records.calls.map(
      ({ at }) => records.calls.filter((other) => other.at >= at && other.at < at + minute).length,
    );
    expect(Math.max(...inEachMinute)).toBe(4);
    expect(records.calls.slice(0, 5)).toEqual([
      { at: 0, what: 'run 7' },
      { at: 15_000, what: 'records' },
      { at: 30_000, what: 'records' },
      { at: 45_000, what: 'records' },
      { at: 60_000, what: 'run 7' },
    ]);
  });

  it('asks as much less often as each question costs more calls', async () => {
    const records = new Records(() => held('7'));
    const costly = Object.assign(records, { callsAtOnce: 9 });
    await costly.wait(10 * minute);
    expect(costly.calls.map(({ at }) => at)).toEqual([0, 135_000, 270_000, 405_000, 540_000, 600_000]);
  });
});

describe('the turn', () => {
  const ticket = { id: '9', since: 0 };

  it('is asked for good 3 s after the record was written, when every older one is to be seen', async () => {
    const records = new Records(() => own);
    expect(await takeTurn(records.ports, ticket, { final: true, signal })).toEqual({
      kind: 'turn',
      turn: own,
    });
    expect(records.calls).toEqual([{ at: 3_000, what: 'records' }]);
  });

  it('is asked at once the first time, and when that long has passed anyway', async () => {
    const records = new Records(() => own);
    await takeTurn(records.ports, ticket, { final: false, signal });
    await records.clock.sleep(5_000);
    await takeTurn(records.ports, ticket, { final: true, signal });
    expect(records.calls.map(({ at }) => at)).toEqual([0, 5_000]);
  });

  it('is not asked without a record', async () => {
    const records = new Records(() => own);
    expect(await takeTurn(records.ports, { id: undefined, since: 0 }, { final: true, signal })).toEqual({
      kind: 'turn',
      turn: { kind: 'unasked' },
    });
    expect(records.calls).toEqual([]);
  });
});
