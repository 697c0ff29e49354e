import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { RunStates } from '../ledger/run-state.ts';
import { rollbackUnderWay, type Turn, turnOf } from '../ledger/turn.ts';
import type { TurnDoor } from '../rollout/ports.ts';

export interface TurnParts {
  /** The records as they are at this moment. */
  newest(): Promise<readonly LedgerRecord[]>;
  readonly ledger: Pick<Ledger, 'availability'>;
  readonly runs: Pick<RunStates, 'isOver'>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** How many calls to GitHub have been made so far. */
  calls(): number;
}

/** The records of one target as tickets. */
export class Turns implements TurnDoor {
  readonly #parts: TurnParts;
  /** Ids of records whose runs are over. */
  readonly #over = new Set<string>();
  callsAtOnce = 1;

  constructor(parts: TurnParts) {
    this.#parts = parts;
  }

  async ask(own: string): Promise<Turn | { readonly kind: 'unknown' }> {
    const records = await this.#newest();
    return records === undefined
      ? { kind: 'unknown' }
      : turnOf({ records, own, now: this.#parts.now(), over: this.#over });
  }

  async isOver({ id, intent }: LedgerRecord): Promise<boolean> {
    const isOver = await this.#parts.runs.isOver(intent);
    if (isOver) this.#over.add(id);
    return isOver;
  }

  async rollback(own: string | undefined): Promise<LedgerRecord | undefined> {
    const records = await this.#newest();
    const question = { own: own ?? '', now: this.#parts.now(), over: this.#over };
    return records && rollbackUnderWay({ records, ...question });
  }

  /** Undefined where the records cannot be read. */
  async #newest(): Promise<readonly LedgerRecord[] | undefined> {
    const { newest, ledger, calls } = this.#parts;
    const before = calls();
    const records = await newest();
    this.callsAtOnce = Math.max(1, calls() - before);
    return ledger.availability === 'none' ? undefined : records;
  }
}
