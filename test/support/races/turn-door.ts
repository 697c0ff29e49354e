import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import { rollbackUnderWay, type Turn, turnOf } from '../../../packages/core/src/ledger/turn.ts';
import type { TurnDoor } from '../../../packages/core/src/rollout/ports.ts';
import { target } from '../histories/run-ports.ts';
import type { RaceProcess } from './race-process.ts';

/** One question whose turn it is, and what was found. */
export interface TurnAsked {
  readonly at: number;
  readonly answer: Turn['kind'] | 'unknown';
  /** Id of the record that went first. */
  readonly by?: string;
}

/** The door a rollout asks whose turn it is, over the records of its ledger. */
export class RaceTurnDoor implements TurnDoor {
  readonly asked: TurnAsked[] = [];
  /** Ids of records whose runs were found to be over. */
  readonly over = new Set<string>();
  readonly #ledger: Ledger;
  readonly #process: RaceProcess;
  readonly #isOver: (record: LedgerRecord) => boolean;

  constructor(how: {
    readonly ledger: Ledger;
    readonly process: RaceProcess;
    readonly isOver: (record: LedgerRecord) => boolean;
  }) {
    this.#ledger = how.ledger;
    this.#process = how.process;
    this.#isOver = how.isOver;
  }

  async ask(own: string): Promise<Turn | { readonly kind: 'unknown' }> {
    const records = await this.#records();
    const answer =
      records === undefined ? ({ kind: 'unknown' } as const) : turnOf(this.#question(records, own));
    const by = 'by' in answer ? { by: answer.by.id } : {};
    this.asked.push({ at: this.#process.now(), answer: answer.kind, ...by });
    this.#process.world.tell(
      `     ${this.#process.maker}: ${answer.kind}${'by' in answer ? ` by ${answer.by.intent.run}` : ''}`,
    );
    return answer;
  }

  async isOver(record: LedgerRecord): Promise<boolean> {
    await this.#process.called(`is run ${record.intent.run} over`);
    const isOver = this.#isOver(record);
    if (isOver) this.over.add(record.id);
    return isOver;
  }

  async rollback(own: string | undefined): Promise<LedgerRecord | undefined> {
    const records = await this.#records();
    return records === undefined ? undefined : rollbackUnderWay(this.#question(records, own ?? ''));
  }

  #question(records: readonly LedgerRecord[], own: string) {
    return { records, own, now: this.#process.clock.now(), over: this.over };
  }

  async #records(): Promise<readonly LedgerRecord[] | undefined> {
    const records: LedgerRecord[] = [];
    for await (const record of this.#ledger.records('production', 'shop'))
      if (record.intent.target === target.id) records.push(record);
    return this.#ledger.availability === 'none' ? undefined : records;
  }
}
