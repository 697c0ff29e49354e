import { type Http, type HttpAnswer, HttpError, type HttpRequest } from '../../../packages/core/src/http.ts';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';
import { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits, seedDemo } from '../../../packages/local-cloud/src/github/demo.ts';
import { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { GitHubHttp } from '../github-http.ts';
import { aRunnerContext } from '../ledger-builders.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { RaceProcess } from './race-process.ts';

/** How late a record or a status may be seen, milliseconds. */
const latestMs = 3_000;

/** One thing a run asked GitHub for. */
export interface Asked {
  readonly maker: string;
  readonly route: string;
  readonly at: number;
}

/** The emulated GitHub on the clock of a schedule: what was written is seen a little later, and not in its order. */
export class LateGitHub {
  readonly asked: Asked[] = [];
  readonly #github: GitHub;
  readonly #http: GitHubHttp;
  readonly #clock: VirtualClock;
  readonly #lot: () => number;
  readonly #full: string;
  readonly #readsCode: string;
  /** When what has this id is seen. */
  readonly #records = new Map<number, number>();
  /** Of each record, when its statuses are seen, in the order they were written in. */
  readonly #statuses = new Map<number, { readonly id: number; readonly at: number }[]>();

  constructor(clock: VirtualClock, lot: () => number) {
    this.#clock = clock;
    this.#lot = lot;
    this.#github = new GitHub({ clock: new SharedClock(clock) });
    seedDemo(this.#github);
    this.#full = this.#github.token();
    this.#readsCode = this.#github.token({ permissions: { contents: 'read' } });
    this.#http = new GitHubHttp(this.#github);
  }

  /** The ledger as a run has it: each call takes its time, and one answer may be lost. */
  ledgerOf(run: {
    readonly process: RaceProcess;
    readonly context: RunnerContext;
    readonly writesRecords: boolean;
    readonly lostAnswer: number | undefined;
  }): Ledger {
    const { process, context, writesRecords, lostAnswer } = run;
    let calls = 0;
    const http: Http = {
      request: async (request) => {
        const isLost = calls === lostAnswer;
        calls += 1;
        await process.called(`GitHub: ${request.method} ${new URL(request.url).pathname}`);
        const answer = await this.#answer(request, process.maker);
        if (isLost) throw lost(request);
        return answer;
      },
      download: () => this.#http.download(),
    };
    const token = writesRecords ? this.#full : this.#readsCode;
    return createLedger({
      http,
      context: atGitHub(context),
      token,
      warn: (line) => process.world.tell(`  ${process.maker} warns: ${line}`),
    });
  }

  /** For what was there before the schedule, at once. */
  ledgerBefore(): Ledger {
    return createLedger({ http: this.#http, context: aRunnerContext(), token: this.#full, warn: refuse });
  }

  /** All records as they really are, oldest first. */
  async truth(): Promise<readonly LedgerRecord[]> {
    const records: LedgerRecord[] = [];
    for await (const record of this.ledgerBefore().records('production', 'shop')) records.unshift(record);
    return records;
  }

  async #answer(request: HttpRequest, maker: string): Promise<HttpAnswer> {
    const answer = await this.#http.request(request);
    const route = this.#http.calls.at(-1) ?? '';
    this.asked.push({ maker, route, at: this.#clock.monotonic() });
    if (request.method === 'POST' && answer.status === 201) this.#written(request, answer);
    return { ...answer, text: this.#seen(request, answer) };
  }

  #written({ url }: HttpRequest, { text }: HttpAnswer): void {
    const { id } = JSON.parse(text);
    const at = this.#clock.monotonic() + this.#lot() * latestMs;
    const [, record] = /\/deployments\/(\d+)\/statuses$/.exec(url) ?? [];
    if (record === undefined) this.#records.set(id, at);
    else this.#statuses.set(Number(record), [...(this.#statuses.get(Number(record)) ?? []), { id, at }]);
  }

  /** The answer without what is not to be seen yet. */
  #seen({ method, url }: HttpRequest, { text, status }: HttpAnswer): string {
    if (status !== 200) return text;
    if (url.endsWith('/graphql')) return this.#seenByGraphql(text);
    const [, record] = /\/deployments\/(\d+)\/statuses(?:\?|$)/.exec(url) ?? [];
    const rows = method === 'GET' && url.includes('/deployments') ? JSON.parse(text) : undefined;
    if (!Array.isArray(rows)) return text;
    if (record === undefined) return JSON.stringify(rows.filter(({ id }) => this.#isSeen(id)));
    const statuses = this.#statuses.get(Number(record)) ?? [];
    const hidden = statuses.filter((one) => !this.#isPast(one.at)).map((one) => one.id);
    return JSON.stringify(rows.filter(({ id }) => !hidden.includes(id)));
  }

  #seenByGraphql(text: string): string {
    const body = JSON.parse(text);
    const deployments = body.data?.repository?.deployments;
    if (!Array.isArray(deployments?.nodes)) return text;
    deployments.nodes = deployments.nodes.filter(({ databaseId }: { databaseId: number }) =>
      this.#isSeen(databaseId),
    );
    for (const { databaseId, statuses } of deployments.nodes) {
      const written = (this.#statuses.get(databaseId) ?? []).toReversed();
      // Newest first: what was there before the schedule comes last, and is seen.
      statuses.nodes = statuses.nodes.filter((_: unknown, at: number) => this.#isPast(written[at]?.at ?? 0));
    }
    return JSON.stringify(body);
  }

  #isSeen(record: number): boolean {
    return this.#isPast(this.#records.get(record) ?? 0);
  }

  #isPast(at: number): boolean {
    return this.#clock.monotonic() >= at;
  }
}

class SharedClock extends CloudClock {
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    super();
    this.#clock = clock;
  }

  override now(): number {
    return this.#clock.now();
  }
}

function atGitHub(context: RunnerContext): RunnerContext {
  const { repository, apiUrl, graphqlUrl, serverUrl } = aRunnerContext();
  const sha = demoCommits.at(-1) ?? '';
  return { ...context, ...(repository !== undefined && { repository }), sha, apiUrl, graphqlUrl, serverUrl };
}

function lost({ method, url }: HttpRequest): HttpError {
  return new HttpError({
    kind: 'reset',
    method,
    url,
    reason: 'connection reset',
    maybeEffective: true,
    attempts: 1,
  });
}

function refuse(message: string): never {
  throw new Error(message);
}
