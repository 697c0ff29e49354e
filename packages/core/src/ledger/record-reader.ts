import type { GitHubApi } from '../github/api.ts';
import { Copies } from './copies.ts';
import { type HistoryRequest, readHistory } from './history.ts';
import type { PageEnd } from './ledger.ts';
import type { LedgerWarnings } from './ledger-warnings.ts';
import type { Intent, LedgerRecord } from './record.ts';
import { RecordMemory } from './record-memory.ts';
import type { Seal } from './signing.ts';

export interface ReaderPorts {
  readonly seal: Seal | undefined;
  /** Ids of the records that this run writes to; may grow. */
  readonly own: ReadonlySet<string>;
  readonly warnings: LedgerWarnings;
  /** Says each message once. */
  readonly warn: (message: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Which records of an environment are read. */
export type RecordFilter =
  | { readonly environment: string; readonly service: string }
  /** Whatever the service. */
  | { readonly environment: string; readonly target: string };

/** Reads a repository's records again and again, and remembers what need not be read or said a second time. */
export class RecordReader {
  readonly #ports: ReaderPorts;
  readonly #copies: Copies;
  readonly #doubted = new Map<string, LedgerRecord>();
  /** By what was read: the id below which there is nothing of it. */
  readonly #nothingBelow = new Map<string, number>();
  readonly memory: RecordMemory;
  #newest = 0;
  #saidDoubted = false;
  #saidUnproven = false;

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
    this.#copies = new Copies(ports.own);
    this.memory = new RecordMemory(ports.now);
  }

  /** What was passed over so far, since it does not prove itself. */
  get doubted(): readonly LedgerRecord[] {
    return [...this.#doubted.values()];
  }

  /** The newest id that was read; undefined before any was. */
  get newest(): string | undefined {
    return this.#newest === 0 ? undefined : String(this.#newest);
  }

  /** As `readHistory` says. */
  async *read(
    api: GitHubApi,
    of: RecordFilter,
    open?: ReadonlySet<string>,
  ): AsyncGenerator<LedgerRecord | PageEnd> {
    const { seal, warnings, warn } = this.#ports;
    const key = JSON.stringify(of);
    const isOf = ({ service, target }: Intent) =>
      'target' in of ? target === of.target : service === of.service;
    let [oldest, isCut] = [Number.POSITIVE_INFINITY, false];
    const wanted: HistoryRequest = {
      environment: of.environment,
      isOf,
      seal,
      copies: this.#copies,
      memory: this.memory,
      open,
      nothingBelow: this.#nothingBelow.get(key),
      onCut: (recordsRead) => {
        isCut = true;
        warn(warnings.cut(recordsRead));
      },
      onStatusesCut: (id, statusesAtMost) => warn(warnings.statusesCut(id, statusesAtMost)),
      onDoubted: (records) => this.#passOver(records),
    };
    for await (const record of readHistory(api, wanted)) {
      if (record.kind === 'page-end') {
        yield record;
        continue;
      }
      oldest = Math.min(oldest, Number(record.id));
      this.#newest = Math.max(this.#newest, Number(record.id));
      if (record.unproven !== undefined) this.#tellUnproven(record);
      yield record;
    }
    if (!isCut) this.#nothingBelow.set(key, Math.min(oldest, this.#newest));
  }

  /** Said once, of those that were seen first: they come a hundred at a time. */
  #passOver(records: readonly LedgerRecord[]): void {
    for (const record of records) {
      this.#doubted.set(record.id, record);
      this.#newest = Math.max(this.#newest, Number(record.id));
    }
    if (!this.#saidDoubted) this.#ports.warn(this.#ports.warnings.doubted(records));
    this.#saidDoubted = true;
  }

  #tellUnproven(record: LedgerRecord): void {
    if (!this.#saidUnproven) this.#ports.warn(this.#ports.warnings.unproven(record));
    this.#saidUnproven = true;
  }
}
