import { type GitHubApi, githubApi } from '../github/api.ts';
import { type ChangedFiles, changedFilesOf } from '../github/changed-files.ts';
import { type CommitOrder, orderOf } from '../github/commit-order.ts';
import { askComparison, type Comparison } from '../github/comparison.ts';
import type { Clock } from '../io/clock.ts';
import type { Http } from '../io/http.ts';
import { type RunnerContext, runUrl } from '../runner/runner.ts';
import { testedCommit } from '../runner/tested-commit.ts';
import { isCommit } from '../text/commit.ts';
import { startOf } from '../text/cut.ts';
import { longest, writeFact } from './facts.ts';
import { tasks } from './fold.ts';
import type { Ledger, OpenRecord, PageEnd, Writing } from './ledger.ts';
import { type LedgerWarnings, ledgerWarnings } from './ledger-warnings.ts';
import { Unreadable } from './read.ts';
import { restStatuses } from './read-rest.ts';
import type { Fact, Intent, LedgerRecord } from './record.ts';
import { type RecordFilter, RecordReader } from './record-reader.ts';
import type { StatusRow } from './rows.ts';
import { sealedIntent } from './sealed-intent.ts';
import { readSigned, roomBeside, signatureProblemOf, signedText } from './signed-text.ts';
import { type Seal, sealOf } from './signing.ts';
import { createRecord, createStatus, type NewStatus, recordWithNonce, type Written } from './write.ts';

export interface LedgerPorts {
  readonly http: Http;
  readonly clock: Pick<Clock, 'sleep' | 'now'>;
  /** For what a rollout waits for: the records, and the order of commits. Default: `http`. */
  readonly readHttp?: Http;
  readonly context: RunnerContext;
  /** undefined or '' when the job gave none: then nothing is recorded. */
  readonly token: string | undefined;
  readonly warn: (message: string) => void;
  /** Takes secrets out of what people and platforms said, before it is cut to fit. Default: leaves them. */
  readonly redact?: (text: string) => string;
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
  readonly #clock: LedgerPorts['clock'];
  readonly #context: RunnerContext;
  readonly #warn: (message: string) => void;
  readonly #redact: (text: string) => string;
  readonly #warnings: LedgerWarnings;
  readonly #seal: Seal | undefined;
  readonly #transient: TransientRecords | undefined;
  readonly #warned = new Set<string>();
  /** Records this ledger writes to: never mistaken for one whose answer was lost, nor for a copy. */
  readonly #written = new Set<string>();
  readonly #reader: RecordReader;
  readonly #comparisons = new Map<string, Promise<Comparison>>();
  #readable: boolean | undefined;
  #writable: boolean | undefined;

  constructor(ports: LedgerPorts) {
    this.#api = githubApi(ports.http, ports.context, ports.token);
    this.#reading = githubApi(ports.readHttp ?? ports.http, ports.context, ports.token);
    this.#clock = ports.clock;
    this.#context = ports.context;
    this.#warn = ports.warn;
    this.#redact = ports.redact ?? ((text) => text);
    this.#warnings = ledgerWarnings(ports.writes ?? 'deploy');
    this.#seal = sealOf(ports.keys ?? [], ports.context.repository);
    this.#transient = ports.transient;
    this.#reader = new RecordReader({
      seal: this.#seal,
      own: this.#written,
      warnings: this.#warnings,
      warn: (message) => this.#warnOnce(message),
      now: () => ports.clock.now(),
    });
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
    return this.#reader.doubted;
  }

  async open(kind: 'deploy' | 'rollback', wanted: Intent, description: string): Promise<OpenRecord> {
    // Before it is signed: what is changed later proves nothing.
    const intent = { ...wanted, reason: this.#redact(wanted.reason) };
    const record = {
      ref: this.#transient?.ref ?? refOf(intent, this.#context),
      task: tasks[kind],
      environment: intent.environment,
      transient: this.#transient !== undefined,
      description: startOf(this.#redact(description), longest - 1),
      payload: sealedIntent(intent, { kind, seal: this.#seal, newest: this.#reader.newest }),
    };
    const opened = await this.#write((api) =>
      createRecord(api, record, { known: this.#written, clock: this.#clock }),
    );
    if (opened.kind === 'written') this.#reader.memory.opened(opened.id);
    return this.reopen(opened.kind === 'written' ? opened.id : undefined);
  }

  reopen(id: string | undefined): OpenRecord {
    if (id !== undefined) this.#written.add(id);
    return {
      id,
      add: async (fact, state, how) => {
        if (id === undefined) return this.#isRefused ? 'refused' : 'failed';
        const { environmentUrl, again } = how ?? {};
        return this.#addFact(id, { fact, state, environmentUrl }, again);
      },
    };
  }

  async find(intent: Intent): Promise<OpenRecord | 'none' | 'unknown'> {
    if (this.#api === undefined || intent.nonce === undefined) return 'none';
    try {
      const id = await recordWithNonce(this.#api, intent.environment, intent.nonce);
      return id === undefined ? 'none' : this.reopen(id);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return 'unknown';
    }
  }

  async deactivate(id: string, said = 'Another release of this service is live'): Promise<void> {
    const why = startOf(this.#redact(said), longest - 1);
    const isIt = ({ description }: StatusRow) => description === why;
    await this.#addStatus(id, { state: 'inactive', description: why, environmentUrl: undefined }, { isIt });
  }

  async isRetired(id: string): Promise<boolean> {
    if (this.#api === undefined) return false;
    try {
      const [newest] = await restStatuses(this.#api, id);
      return newest?.state === 'inactive';
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return false;
    }
  }

  async *records(environment: string, service: string): AsyncGenerator<LedgerRecord> {
    for await (const one of this.#read({ environment, service })) if (one.kind !== 'page-end') yield one;
  }

  walk(
    environment: string,
    target: string,
    how?: { readonly open: ReadonlySet<string> },
  ): AsyncGenerator<LedgerRecord | PageEnd> {
    return this.#read({ environment, target }, how?.open);
  }

  async *#read(of: RecordFilter, open?: ReadonlySet<string>): AsyncGenerator<LedgerRecord | PageEnd> {
    const api = this.#usable(this.#reading);
    if (api === undefined) return;
    try {
      for await (const record of this.#reader.read(api, of, open)) {
        this.#readable = true;
        yield record;
      }
      this.#readable = true;
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

  #addFact(
    record: string,
    { fact, state, environmentUrl }: Omit<NewStatus, 'logUrl' | 'description'> & { readonly fact: Fact },
    again: true | undefined,
  ): Promise<Writing> {
    const [seal, text] = [this.#seal, writeFact(this.#masked(fact), this.factRoom)];
    const description =
      seal === undefined ? text : signedText(seal, { record, state, text }, this.#clock.now());
    // What was signed a moment earlier has another signature, and says the same.
    const isIt = (row: StatusRow) => {
      const said = readSigned(row.description ?? '');
      return said.text === text && signatureProblemOf(seal, { record, row, said }) === undefined;
    };
    return this.#addStatus(record, { state, description, environmentUrl }, { isIt, again });
  }

  /** A label is what a platform calls a release; ids stay as they are, or nobody finds them again. */
  #masked(fact: Fact): Fact {
    return fact.kind === 'shipped' ? { ...fact, label: this.#redact(fact.label) } : fact;
  }

  async #addStatus(
    id: string,
    status: Omit<NewStatus, 'logUrl'>,
    how: { readonly isIt: (status: StatusRow) => boolean; readonly again?: true | undefined },
  ): Promise<Writing> {
    const whole = { ...status, id, logUrl: runUrl(this.#context) };
    const written = await this.#write((api) => createStatus(api, whole, { clock: this.#clock, ...how }));
    const { state, description } = status;
    const created = written.kind === 'written' ? written.created : undefined;
    this.#reader.memory.wrote(id, created === undefined ? undefined : { state, description, created });
    return written.kind === 'failed' && this.#isRefused ? 'refused' : written.kind;
  }

  /** Nothing can be written in this run, whatever is tried. */
  get #isRefused(): boolean {
    return this.#api === undefined || this.#writable === false;
  }

  /** What was written; what was not is warned of. */
  async #write(
    work: (api: GitHubApi) => Promise<Written>,
  ): Promise<Extract<Written, { kind: 'written' }> | { readonly kind: 'failed' }> {
    const api = this.#usable(this.#api);
    if (api === undefined || this.#writable === false) return { kind: 'failed' };
    const written = await work(api);
    if (written.kind === 'written') {
      this.#writable = true;
      return written;
    }
    // A permission that was there a moment ago is not missing, whatever the answer looks like.
    const isMissing = written.because === 'permission' && this.#writable !== true;
    if (isMissing || written.because === 'token') this.#writable = false;
    this.#warnOnce(this.#warnings[written.because](written.note));
    return written;
  }

  #usable(api: GitHubApi | undefined): GitHubApi | undefined {
    if (api === undefined) this.#warnOnce(this.#warnings.noToken);
    return api;
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
