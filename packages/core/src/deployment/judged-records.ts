import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord, ReleaseVerdict } from '../ledger/record.ts';
import { type ServingRecord, servingRecords } from '../ledger/serving-records.ts';

/** Newest records that are looked at: what serves has been made live by one of them, or by nobody we know. */
const recordsAtMost = 50;

/** Whose records are judged. */
export interface JudgedService {
  readonly environment: string;
  readonly service: string | undefined;
}

/** The records of a service before its checks run, and once they have: what was judged is what served both times. */
export class JudgedRecords {
  readonly #ledger: Ledger;
  readonly #of: JudgedService;
  readonly #warn: (message: string) => void;
  #before: Promise<readonly LedgerRecord[]> | undefined;
  #now: Promise<readonly LedgerRecord[]> | undefined;

  constructor(ledger: Ledger, of: JudgedService, warn: (message: string) => void) {
    this.#ledger = ledger;
    this.#of = of;
    this.#warn = warn;
  }

  /** As they were when they were first asked for: before the checks. Newest first. */
  before(): Promise<readonly LedgerRecord[]> {
    this.#before ??= this.#ask();
    return this.#before;
  }

  /** The records that `ledger-id` means, by id; people are told of what serves and gets no verdict. */
  async ids(given: readonly string[]): Promise<ReadonlySet<string>> {
    const named = given.filter((id) => id !== 'live');
    return new Set(given.includes('live') ? [...named, ...(await this.#live())] : named);
  }

  /** Of what served before the checks, that which serves still: the rest was not judged, or not all the time. */
  async #live(): Promise<readonly string[]> {
    const before = servingRecords(await this.before());
    const now = servingRecords(await this.#asTheyAre());
    if (now.length === 0) this.#warn(`The verdict is not recorded: ${nothingServes(this.#of)}`);
    return now.flatMap((one) => {
      const { id, intent } = one.record;
      const then = before.find(({ record }) => record.intent.target === intent.target);
      if (one.kind === 'known' && then?.kind === 'known' && then.record.id === id) return [id];
      const why = one.kind === 'unknown' ? notKnown(one) : replaced(then, one);
      this.#warn(`The verdict is not recorded for ${intent.target}: ${why}`);
      return [];
    });
  }

  /** The newest verdict in a record; undefined where it has none, or is not among the newest of this service. */
  async verdictIn(id: string): Promise<ReleaseVerdict | undefined> {
    const facts = (await this.#asTheyAre()).find((record) => record.id === id)?.facts ?? [];
    const newest = facts.findLast(({ fact }) => fact.kind === 'verdict')?.fact;
    return newest?.kind === 'verdict' ? newest.verdict : undefined;
  }

  /**
   * Whether a record stands for what serves no more, as GitHub shows it, or since a newer one does. One call for all
   * records of this service; for another's, one each.
   */
  async isRetired(id: string): Promise<boolean> {
    const records = this.#of.service === undefined ? [] : await this.#asTheyAre();
    const record = records.find((one) => one.id === id);
    if (record === undefined) return this.#ledger.isRetired(id);
    const serves = servingRecords(records).find((one) => one.record.intent.target === record.intent.target);
    const isReplaced = serves?.kind === 'known' && Number(serves.record.id) > Number(id);
    return record.isRetired === true || isReplaced;
  }

  #asTheyAre(): Promise<readonly LedgerRecord[]> {
    this.#now ??= this.#ask();
    return this.#now;
  }

  #ask(): Promise<readonly LedgerRecord[]> {
    return newest(this.#ledger.records(this.#of.environment, this.#of.service ?? ''));
  }
}

async function newest(records: AsyncIterable<LedgerRecord>): Promise<readonly LedgerRecord[]> {
  const found: LedgerRecord[] = [];
  for await (const record of records) {
    found.push(record);
    if (found.length === recordsAtMost) break;
  }
  return found;
}

export function nothingServes({ environment, service }: JudgedService): string {
  return `The ledger names nothing that serves ${environment}/${service}.`;
}

/** Which record leaves it open what serves, and why. */
export function notKnown({ record, why }: ServingRecord & { readonly kind: 'unknown' }): string {
  return `What serves ${record.intent.target} is not known, because ${nameOf(record)} ${why}.`;
}

/** That something else serves than what was checked. */
function replaced(then: ServingRecord | undefined, { record }: ServingRecord): string {
  const before =
    then === undefined
      ? 'no record named it'
      : then.kind === 'known'
        ? `it was that of ${nameOf(then.record)}`
        : `it was not known, because ${nameOf(then.record)} ${then.why}`;
  return `What serves it changed while the checks ran: before them ${before}, after them it is that of ${nameOf(record)}.`;
}

function nameOf({ id, intent }: LedgerRecord): string {
  return `record ${id} of run ${intent.run}`;
}
