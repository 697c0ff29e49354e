import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { Turn } from '../../../packages/core/src/ledger/turn.ts';
import type { TurnPort } from '../../../packages/core/src/rollout/ports.ts';
import type { RaceProcess } from './race-process.ts';

/** One question whose turn it is, and what was found. */
export interface TurnAsked {
  readonly at: number;
  readonly answer: Turn['kind'] | 'unknown';
  /** Id of the record that went first. */
  readonly by?: string;
}

/** The door that a rollout asks whose turn it is, with a note of every answer. */
export class WatchedTurnDoor implements TurnPort {
  readonly asked: TurnAsked[] = [];
  /** Ids of records whose runs were found to be over. */
  readonly over = new Set<string>();
  readonly #door: TurnPort;
  readonly #process: RaceProcess;

  constructor(door: TurnPort, process: RaceProcess) {
    this.#door = door;
    this.#process = process;
  }

  get callsAtOnce(): number {
    return this.#door.callsAtOnce ?? 1;
  }

  now(): number {
    return this.#door.now();
  }

  async ask(own: string): Promise<Turn | { readonly kind: 'unknown' }> {
    const answer = await this.#door.ask(own);
    const by = 'by' in answer ? answer.by : undefined;
    const { maker, world } = this.#process;
    this.asked.push({ at: this.#process.now(), answer: answer.kind, ...(by && { by: by.id }) });
    world.tell(`     ${maker}: ${answer.kind}${by === undefined ? '' : ` by run ${by.intent.run}`}`);
    return answer;
  }

  async isOver(record: LedgerRecord): Promise<boolean | 'unasked'> {
    await this.#process.called(`is run ${record.intent.run} over`);
    const isOver = await this.#door.isOver(record);
    if (isOver === true) this.over.add(record.id);
    return isOver;
  }

  rollback(own: string | undefined): Promise<LedgerRecord | undefined> {
    return this.#door.rollback(own);
  }
}
