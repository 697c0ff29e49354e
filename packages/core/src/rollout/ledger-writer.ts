import { latencyFacts } from '../ledger/latency.ts';
import { visibleAfterMs } from '../ledger/ledger.ts';
import type { Fact, Intent } from '../ledger/record.ts';
import { errorMessage } from '../outcome/failure.ts';
import type { Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import type { Ticket } from './await-turn.ts';
import type { Note } from './events.ts';
import { formerRecords, type LedgerPlace, owedTo, toEntry } from './ledger-place.ts';
import type { RolloutPorts } from './ports.ts';
import { type OwedFact, RecordInWriting } from './record-in-writing.ts';
import { newNonce, restoreIntent } from './restore-intent.ts';

export type WriterPorts = Pick<RolloutPorts, 'ledger' | 'log' | 'clock'> &
  Partial<Pick<RolloutPorts, 'activeRecords' | 'target' | 'latencies'>>;

/** Each is a call to GitHub, and a deploy makes few: about ten checks are remembered. */
const latencyStatuses = 2;

/** As a rule there is one. Where older rollouts left more, each later one makes up for another. */
const retiredAtMost = 2;

/**
 * Writes a rollout's facts in order and beside it: the way back never waits for GitHub, and no trouble with the
 * ledger changes an outcome.
 */
export class LedgerWriter {
  readonly #ports: WriterPorts;
  readonly #changed: () => void;
  readonly #isInPost: boolean;
  readonly #records: Partial<Record<Note['record'], RecordInWriting>> = {};
  /** Of first choices that were given up, by the name under which a place knows them. */
  readonly #former: Former[] = [];
  #intent: Intent | undefined;
  #openedAt: number | undefined;
  #opening: Promise<void> = Promise.resolve();
  #restoreIntent: (() => Intent) | undefined;
  #queue: Promise<void> = Promise.resolve();

  /** `place`: where another writer stopped. `changed` is called whenever there is another place to go on from. */
  constructor(ports: WriterPorts, place?: LedgerPlace, changed: () => void = () => {}) {
    this.#ports = ports;
    this.#changed = changed;
    this.#isInPost = place !== undefined;
    if (place !== undefined) this.#goOn(place);
  }

  /** Every record that is there, or should be, has all that was to be written. */
  get isWhole(): boolean {
    return this.#all.every(([, { missing }]) => missing === undefined);
  }

  get place(): LedgerPlace {
    const { change, restore } = this.#records;
    const owed = this.#all.flatMap(([name, record]) => record.owed.map((fact) => toEntry(fact, name)));
    const former = this.#former.flatMap(({ record, intent }) =>
      record.id === undefined && record.owed.length > 0 && intent !== undefined ? [intent] : [],
    );
    return {
      records: {
        ...(change?.id !== undefined && { change: change.id }),
        ...(restore?.id !== undefined && { restore: restore.id }),
      },
      ...defined({ intent: this.#intent }),
      ...(former.length > 0 && { former }),
      ...(this.#restoreIntent !== undefined && { restoreIntent: this.#restoreIntent() }),
      ...(owed.length > 0 && { owed }),
    };
  }

  open(kind: 'deploy' | 'rollback', wanted: Intent): Promise<void> {
    const intent = { ...wanted, nonce: wanted.nonce ?? newNonce() };
    const { change } = this.#records;
    if (change !== undefined) this.#former.push({ record: change, intent: this.#intent });
    this.#intent = intent;
    this.#openedAt = undefined;
    const record = this.#changeRecord(kind, intent, false);
    this.#records.change = record;
    this.#opening = this.#write(record);
    return this.#opening;
  }

  /** The record as a ticket, once it is known whether there is one. */
  async openedTicket(): Promise<Ticket> {
    await this.#opening;
    return this.ticket;
  }

  /** The record as a ticket, as far as it is known by now. */
  get ticket(): Ticket {
    return { id: this.#records.change?.id, openedAt: this.#openedAt ?? 0 };
  }

  /** The record is open already, and its turn came after a wait: what it stands on now. */
  turnCame(intent: Intent): Promise<void> {
    const { previous, barrier, fleet } = intent;
    this.#intent = { ...intent, ...(this.#intent?.nonce !== undefined && { nonce: this.#intent.nonce }) };
    const fact: Fact = { kind: 'turn', previous, barrier, ...defined({ fleet }) };
    return this.note({ do: 'note', record: 'change', fact, state: 'in_progress' });
  }

  openRestore(back: Release, replaces: Release | undefined): Promise<void> {
    const change = this.#intent;
    if (change === undefined) return this.#queue;
    const nonce = newNonce();
    const id = () => this.#records.change?.id;
    this.#restoreIntent = () => ({ ...restoreIntent({ ...change, id: id() }, { back, replaces }), nonce });
    this.#records.restore = this.#restoreRecord(this.#restoreIntent, false);
    return this.#write(this.#records.restore);
  }

  note({ record, fact, state }: Note): Promise<void> {
    const { url } = this.#ports.target ?? {};
    const link = fact.kind === 'verdict' && url !== undefined ? { url } : {};
    const facts = [fact, ...this.#beside(fact)];
    const writing = this.#records[record];
    if (writing === undefined) return this.#queue;
    writing.owe(...facts.map((one) => ({ fact: one, state, ...link })));
    return this.#write(writing);
  }

  /** What is remembered together with a fact. */
  #beside(fact: Fact): readonly Fact[] {
    if (fact.kind === 'verdict' && fact.verdict === 'pass') {
      return latencyFacts(this.#ports.latencies?.() ?? [], latencyStatuses, this.#ports.ledger.factRoom);
    }
    return [];
  }

  /** Sets every other record of this target that GitHub shows as active inactive: one release serves. */
  retire(): Promise<void> {
    return this.#then(async () => {
      const own = this.#all.map(([, { id }]) => id);
      const active = (await this.#ports.activeRecords?.()) ?? [];
      const others = active.filter((one) => !own.includes(one));
      for (const id of others.slice(0, retiredAtMost)) await this.#ports.ledger.deactivate(id);
    });
  }

  /** Resolves when everything asked for so far has been tried, what had failed once more. */
  flush(): Promise<void> {
    return this.#then(async () => {
      for (const [, record] of this.#all)
        if (this.#isInPost || record.owed.length > 0) await record.write(true);
    });
  }

  /** Says which records lack what. */
  tell(): void {
    for (const [, { missing, owed }] of this.#all) {
      if (missing === undefined) continue;
      const isTriedAgain = !this.#isInPost && owed.length > 0;
      this.#ports.log(isTriedAgain ? `${missing} It is tried once more after the job’s last step.` : missing);
    }
  }

  /** Oldest first, with the name under which a place knows them. */
  get #all(): readonly (readonly [string, RecordInWriting])[] {
    const { change, restore } = this.#records;
    return [
      ...this.#former.map(({ record, intent }) => [record.id ?? intent?.nonce ?? '', record] as const),
      ...(change === undefined ? [] : [['change', change] as const]),
      ...(restore === undefined ? [] : [['restore', restore] as const]),
    ];
  }

  #goOn(place: LedgerPlace): void {
    const { records, intent, former = [], restoreIntent: restore, owed = [] } = place;
    const record = (id: string, name: string) =>
      new RecordInWriting(this.#ports.ledger, { id }, this.#changed, owedTo(place, name));
    this.#intent = intent;
    for (const id of formerRecords(place)) this.#former.push({ record: record(id, id), intent: undefined });
    for (const one of former) {
      const doubtful = this.#changeRecord(kindOf(one), one, true, owedTo(place, one.nonce ?? ''));
      this.#former.push({ record: doubtful, intent: one });
    }
    if (records.change !== undefined) this.#records.change = record(records.change, 'change');
    else if (intent !== undefined)
      this.#records.change = this.#changeRecord(kindOf(intent), intent, true, owedTo(place, 'change'));
    if (restore !== undefined) this.#restoreIntent = () => restore;
    if (records.restore !== undefined) this.#records.restore = record(records.restore, 'restore');
    else if (restore !== undefined)
      this.#records.restore = this.#restoreRecord(() => restore, true, owedTo(place, 'restore'));
    const isUnsure = owed.length > 0 || this.#all.some(([, { id }]) => id === undefined);
    if (isUnsure) void this.#then(() => this.#ports.clock.sleep(visibleAfterMs));
    if (owed.length > 0 || (restore !== undefined && records.restore === undefined)) void this.flush();
  }

  #changeRecord(
    kind: 'deploy' | 'rollback',
    intent: Intent,
    isDoubtful: boolean,
    owed?: readonly OwedFact[],
  ) {
    const description = describe(kind, intent);
    const place = { kind, intent: () => intent, description, isDoubtful, isOpenedLate: false };
    const noticed = () => {
      // Others see it from about now on, whatever is still to be written to it.
      if (this.#records.change?.id !== undefined) this.#openedAt ??= this.#ports.clock.monotonic();
      this.#changed();
    };
    return new RecordInWriting(this.#ports.ledger, place, noticed, owed);
  }

  #restoreRecord(intent: () => Intent, isDoubtful: boolean, owed?: readonly OwedFact[]) {
    const description = describe('rollback', intent());
    const place = { kind: 'rollback', intent, description, isDoubtful, isOpenedLate: true } as const;
    return new RecordInWriting(this.#ports.ledger, place, this.#changed, owed);
  }

  /** What is to be written is kept before it is. */
  #write(record: RecordInWriting): Promise<void> {
    this.#changed();
    return this.#then(() => record.write());
  }

  #then(write: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(write).catch((error: unknown) => {
      this.#ports.log(`The ledger could not be written: ${errorMessage(error)}`);
    });
    return this.#queue;
  }
}

/** A record that a second choice has replaced; without its intent where its id is all that was kept. */
interface Former {
  readonly record: RecordInWriting;
  readonly intent: Intent | undefined;
}

function kindOf({ restores }: Intent): 'deploy' | 'rollback' {
  return restores === null ? 'deploy' : 'rollback';
}

function describe(kind: 'deploy' | 'rollback', intent: Intent): string {
  if (kind === 'rollback') {
    const how = intent.rebuild === true ? ', built again from its source' : '';
    return `Take ${intent.target} back to ${intent.restores ?? 'an older release'}${how}`;
  }
  return `Deploy ${intent.commit?.slice(0, 7) ?? 'a new release'} to ${intent.target}`;
}
