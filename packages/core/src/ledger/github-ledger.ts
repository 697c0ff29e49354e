import { randomBytes } from 'node:crypto';
import { isCommit } from '../commit.ts';
import type { Http } from '../http.ts';
import { type RunnerContext, runUrl } from '../runner/runner.ts';
import { testedCommit } from '../runner/tested-commit.ts';
import { type ChangedFiles, changedFilesOf } from './changed-files.ts';
import { type CommitOrder, orderOf } from './commit-order.ts';
import { askComparison, type Comparison } from './comparison.ts';
import { Copies } from './copies.ts';
import { writeFact } from './facts.ts';
import { tasks } from './fold.ts';
import { type GitHubApi, githubApi } from './github-api.ts';
import { readHistory, type Wanted } from './history.ts';
import type { Ledger, LedgerState, OpenRecord } from './ledger.ts';
import { type LedgerWarnings, ledgerWarnings } from './ledger-warnings.ts';
import { Unreadable } from './read.ts';
import type { Fact, Intent, LedgerRecord } from './record.ts';
import { roomBeside, signedText } from './signed-text.ts';
import { type Seal, sealOf } from './signing.ts';
import { createRecord, createStatus, type NewStatus, type Written } from './write.ts';

export interface LedgerPorts {
  readonly http: Http;
  /** For what a rollout waits for: the records, and the order of commits. Default: `http`. */
  readonly readHttp?: Http;
  readonly context: RunnerContext;
  /** undefined or '' when the job gave none: then nothing is recorded. */
  readonly token: string | undefined;
  readonly warn: (message: string) => void;
  /** The lines of `ledger-key`: the first signs, each proves. None: nothing is signed, and all records count. */
  readonly keys?: readonly string[];
  /** What is lost when nothing can be written: a whole deploy (default), or a verdict on one. */
  readonly writes?: 'deploy' | 'verdict';
  /** Set for an environment that goes away again. */
  readonly transient?: TransientRecords;
}

/** How records of an environment that goes away are written: GitHub shows the last inactive one as destroyed. */
export interface TransientRecords {
  /** The commit they hang on, where it is not the one that is deployed: a pull request's page shows those of its own. */
  readonly ref?: string;
}

/** The ledger kept in the repository's GitHub Deployments. Warns once about each thing it cannot do; never throws for it. */
export function createLedger(ports: LedgerPorts): Ledger {
  return new GitHubLedger(ports);
}

class GitHubLedger implements Ledger {
  readonly #api: GitHubApi | undefined;
  readonly #reading: GitHubApi | undefined;
  readonly #context: RunnerContext;
  readonly #warn: (message: string) => void;
  readonly #warnings: LedgerWarnings;
  readonly #seal: Seal | undefined;
  readonly #transient: TransientRecords | undefined;
  readonly #warned = new Set<string>();
  /** Records this ledger writes to: never mistaken for one whose answer was lost, nor for a copy. */
  readonly #written = new Set<string>();
  readonly #copies = new Copies(this.#written);
  readonly #doubted = new Map<string, LedgerRecord>();
  /** By environment and service: the id below which there is no record of theirs. */
  readonly #nothingBelow = new Map<string, number>();
  /** The newest id that was read. */
  #newest = 0;
  #saidDoubted = false;
  #saidUnproven = false;
  readonly #comparisons = new Map<string, Promise<Comparison>>();
  #readable: boolean | undefined;
  #writable: boolean | undefined;

  constructor(ports: LedgerPorts) {
    this.#api = githubApi(ports.http, ports.context, ports.token);
    this.#reading = githubApi(ports.readHttp ?? ports.http, ports.context, ports.token);
    this.#context = ports.context;
    this.#warn = ports.warn;
    this.#warnings = ledgerWarnings(ports.writes ?? 'deploy');
    this.#seal = sealOf(ports.keys ?? [], ports.context.repository);
    this.#transient = ports.transient;
  }

  get availability(): Ledger['availability'] {
    if (this.#api === undefined || this.#readable === false) return 'none';
    if (this.#writable === false) return 'read-only';
    return this.#readable === undefined && this.#writable === undefined ? 'unknown' : 'full';
  }

  get isSigned(): boolean {
    return this.#seal !== undefined;
  }

  get factRoom(): number {
    return roomBeside(this.#seal);
  }

  get doubted(): readonly LedgerRecord[] {
    return [...this.#doubted.values()];
  }

  async open(kind: 'deploy' | 'rollback', intent: Intent, description: string): Promise<OpenRecord> {
    const record = {
      ref: this.#transient?.ref ?? refOf(intent, this.#context),
      task: tasks[kind],
      environment: intent.environment,
      transient: this.#transient !== undefined,
      description: description.slice(0, 140),
      payload: this.#sealed(kind, intent),
    };
    const id = await this.#write((api) => createRecord(api, record, this.#written));
    return this.reopen(id);
  }

  reopen(id: string | undefined): OpenRecord {
    if (id !== undefined) this.#written.add(id);
    return {
      id,
      add: async (fact, state, links) => {
        if (id === undefined) return;
        const { environmentUrl } = links ?? {};
        await this.#addStatus(id, { state, description: this.#description(id, fact, state), environmentUrl });
      },
    };
  }

  async deactivate(id: string, why = 'Another release of this service is live'): Promise<void> {
    await this.#addStatus(id, {
      state: 'inactive',
      description: why,
      environmentUrl: undefined,
    });
  }

  async *records(environment: string, service: string): AsyncGenerator<LedgerRecord> {
    const api = this.#usable(this.#reading);
    if (api === undefined) return;
    const key = JSON.stringify([environment, service]);
    const nothingBelow = this.#nothingBelow.get(key);
    let [oldest, isCut] = [Number.POSITIVE_INFINITY, false];
    const wanted: Wanted = {
      ...{ environment, service, nothingBelow, seal: this.#seal, copies: this.#copies },
      onCut: (recordsAtMost) => {
        isCut = true;
        this.#warnOnce(this.#warnings.cut(recordsAtMost));
      },
      onStatusesCut: (id, most) => this.#warnOnce(this.#warnings.statusesCut(id, most)),
      onDoubted: (records) => this.#passOver(records),
    };
    try {
      for await (const record of readHistory(api, wanted)) {
        this.#readable = true;
        oldest = Math.min(oldest, Number(record.id));
        this.#newest = Math.max(this.#newest, Number(record.id));
        if (record.unproven !== undefined) this.#tellUnproven(record);
        yield record;
      }
      this.#readable = true;
      if (!isCut) this.#nothingBelow.set(key, Math.min(oldest, this.#newest));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#readable = false;
      this.#warnOnce(this.#warnings.unreadable(error));
    }
  }

  async commitOrder(commit: string, liveCommit: string): Promise<CommitOrder> {
    if (commit === liveCommit) return { kind: 'same', liveCommit };
    return orderOf(await this.#comparison(commit, liveCommit), commit, liveCommit);
  }

  async changedFiles(commit: string, liveCommit: string): Promise<ChangedFiles> {
    if (commit === liveCommit) return { kind: 'known', files: [] };
    return changedFilesOf(await this.#comparison(commit, liveCommit), commit, liveCommit);
  }

  /** Asked once for each two commits: they never change. */
  #comparison(commit: string, liveCommit: string): Promise<Comparison> {
    const key = `${liveCommit}...${commit}`;
    const asked = this.#comparisons.get(key) ?? this.#compare(commit, liveCommit);
    this.#comparisons.set(key, asked);
    return asked;
  }

  async #compare(commit: string, liveCommit: string): Promise<Comparison> {
    const api = this.#usable(this.#reading);
    if (api === undefined) return { kind: 'unknown', why: 'there is no token to ask GitHub with' };
    return askComparison(api, commit, liveCommit);
  }

  async #addStatus(id: string, status: Omit<NewStatus, 'logUrl'>): Promise<void> {
    await this.#write((api) => createStatus(api, id, { ...status, logUrl: runUrl(this.#context) }));
  }

  /** The id that was written; undefined, with a warning, when nothing was. */
  async #write(work: (api: GitHubApi) => Promise<Written>): Promise<string | undefined> {
    const api = this.#usable(this.#api);
    if (api === undefined || this.#writable === false) return undefined;
    const written = await work(api);
    if (written.kind === 'written') {
      this.#writable = true;
      return written.id;
    }
    if (written.because === 'permission' || written.because === 'token') this.#writable = false;
    this.#warnOnce(this.#warnings[written.because](written.note));
    return undefined;
  }

  #usable(api: GitHubApi | undefined): GitHubApi | undefined {
    if (api === undefined) this.#warnOnce(this.#warnings.noToken);
    return api;
  }

  /** An intent as it is written: known by a nonce from any other, and signed where there is a key. */
  #sealed(kind: LedgerRecord['kind'], intent: Intent): Intent {
    const { signature: _, after: __, nonce = randomBytes(6).toString('base64url'), ...rest } = intent;
    const own = { ...rest, commit: isCommit(rest.commit) ? rest.commit : null };
    if (this.#seal === undefined) return { ...own, nonce };
    const after = this.#newest === 0 ? {} : { after: String(this.#newest) };
    const fields = { ...own, nonce, ...after };
    return { ...fields, signature: this.#seal.intent({ kind, fields }) };
  }

  #description(record: string, fact: Fact, state: LedgerState): string {
    const text = writeFact(fact, this.factRoom);
    return this.#seal === undefined ? text : signedText(this.#seal, { record, state, text });
  }

  /** Said once, of those that were seen first: they come a hundred at a time. */
  #passOver(records: readonly LedgerRecord[]): void {
    for (const record of records) {
      this.#doubted.set(record.id, record);
      this.#newest = Math.max(this.#newest, Number(record.id));
    }
    if (!this.#saidDoubted) this.#warnOnce(this.#warnings.doubted(records));
    this.#saidDoubted = true;
  }

  #tellUnproven(record: LedgerRecord): void {
    if (!this.#saidUnproven) this.#warnOnce(this.#warnings.unproven(record));
    this.#saidUnproven = true;
  }

  #warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#warn(message);
  }
}

/** A record hangs on a commit, so the run's own stands in where the deployed one is not known. */
function refOf({ commit }: Intent, context: RunnerContext): string {
  return [commit, testedCommit(context), context.sha].find(isCommit) ?? 'HEAD';
}
