import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { RunStates } from '../ledger/run-state.ts';
import { isUnderWay, rollbackUnderWay, type Turn, turnOf } from '../ledger/turn.ts';
import type { TurnPort } from '../rollout/ports.ts';
import type { CountedHttp } from './counted-http.ts';
import { type DeadEnd, deadEndsOf, forgottenEnds } from './dead-records.ts';

/** GitHub shows what was written up to 3 s late. Milliseconds, with room. */
const unseenMs = 10_000;

export interface TurnParts {
  /** The records as they are at this moment. */
  newest(): Promise<readonly LedgerRecord[]>;
  readonly ledger: Pick<Ledger, 'availability' | 'reopen'>;
  readonly runs: Pick<RunStates, 'isOver'>;
  /** Milliseconds since the epoch by GitHub’s clock, which dates the records: a runner’s may be minutes off. */
  now(): number;
  /** How many calls to GitHub have been made so far. */
  readonly github: Pick<CountedHttp, 'calls'>;
}

/** The records of one target as tickets. */
export class Turns implements TurnPort {
  readonly #parts: TurnParts;
  /** Ids of records whose runs are over. */
  readonly #over = new Set<string>();
  callsAtOnce = 1;
  #hasLooked = false;
  #hasTidied = false;
  /** Those of them that may lack their end, and when their runs were known to be over. */
  readonly #gone = new Map<string, number>();

  constructor(parts: TurnParts) {
    this.#parts = parts;
  }

  now(): number {
    return this.#parts.now();
  }

  async ask(own: string): Promise<Turn | { readonly kind: 'unknown' }> {
    const records = await this.#newest();
    if (records === undefined) return { kind: 'unknown' };
    // Of a deploy alone: a rollback waits for nobody, nor for this.
    if (!this.#hasTidied) await this.#write(forgottenEnds(records, this.now()));
    this.#hasTidied = true;
    for (;;) {
      const turn = turnOf({ records, own, now: this.now(), over: this.#over });
      if (turn.kind !== 'overtaken' || !(await this.#isGone(turn.by, records))) return turn;
    }
  }

  async isOver(record: LedgerRecord): Promise<boolean | 'unasked'> {
    const isOver = await this.#parts.runs.isOver(record.intent);
    if (isOver === true && !this.#over.has(record.id)) {
      this.#over.add(record.id);
      this.#gone.set(record.id, this.now());
    }
    return isOver;
  }

  /**
   * Whoever should have written the last facts of a lost run is gone: they are written for it, once. A run that has come
   * to its end has written its own, which may not be seen yet: only a look that is late enough tells that it has not.
   */
  async #endLost(records: readonly LedgerRecord[]): Promise<void> {
    for (const [lost, since] of this.#gone) {
      if (this.now() - since < unseenMs) continue;
      this.#gone.delete(lost);
      const record = records.find(({ id }) => id === lost);
      if (record !== undefined) await this.#write(deadEndsOf(record, records));
    }
  }

  async #write(ends: readonly DeadEnd[]): Promise<void> {
    for (const { id, fact, state } of ends)
      await this.#parts.ledger.reopen(id).add(fact, state, { again: true });
  }

  async rollback(own: string | undefined): Promise<LedgerRecord | undefined> {
    const records = await this.#newest();
    if (records === undefined) return undefined;
    for (;;) {
      const question = { own: own ?? '', now: this.now(), over: this.#over };
      const rollback = rollbackUnderWay({ records, ...question });
      if (rollback === undefined || !(await this.#isGone(rollback, records))) return rollback;
    }
  }

  /** A rollback whose runner was lost keeps nobody from anything. One that has ended stands by what it did. */
  async #isGone(rollback: LedgerRecord, records: readonly LedgerRecord[]): Promise<boolean> {
    if (this.#over.has(rollback.id) || !isUnderWay(rollback, records)) return false;
    return (await this.isOver(rollback)) === true;
  }

  /** Undefined where the records cannot be read. */
  async #newest(): Promise<readonly LedgerRecord[] | undefined> {
    const { newest, ledger, github } = this.#parts;
    const before = github.calls;
    const records = await newest();
    // The first look reads on from where the reading for decisions had stopped; those after it ask for what is new.
    if (this.#hasLooked) this.callsAtOnce = Math.max(1, github.calls - before);
    if (ledger.availability === 'none') return undefined;
    this.#hasLooked = true;
    await this.#endLost(records);
    return records;
  }
}
