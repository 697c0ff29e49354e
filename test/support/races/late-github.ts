import { type Http, HttpError, type HttpRequest } from '../../../packages/core/src/io/http.ts';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { demoGitHub } from '../github-emulator.ts';
import { GitHubHttp } from '../github-http.ts';
import { aRunnerContext } from '../ledger-builders.ts';
import { SharedClock } from '../shared-clock.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { RaceProcess } from './race-process.ts';

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
  readonly #full: string;
  readonly #readsCode: string;

  /** Another seed deals other delays. */
  constructor(clock: VirtualClock, seed: number) {
    this.#clock = clock;
    this.#github = demoGitHub(new SharedClock(clock)).github;
    this.#github.switches.visibilitySeed = seed;
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
        const answer = await this.#http.request(request);
        const route = this.#http.calls.at(-1) ?? '';
        this.asked.push({ maker: process.maker, route, at: this.#clock.monotonic() });
        if (isLost) throw lost(request);
        return answer;
      },
      download: () => this.#http.download(),
      upload: () => this.#http.upload(),
    };
    const token = writesRecords ? this.#full : this.#readsCode;
    const warn = (line: string) => process.world.tell(`  ${process.maker} warns: ${line}`);
    return createLedger({ http, clock: this.#clock, context: atGitHub(context), token, warn });
  }

  /** For what there is beside the runs: nothing of it takes time. */
  ledgerBeside(): Ledger {
    return createLedger({
      http: this.#http,
      clock: this.#clock,
      context: aRunnerContext(),
      token: this.#full,
      warn: refuse,
    });
  }

  /** All records as they really are, oldest first. */
  async truth(): Promise<readonly LedgerRecord[]> {
    this.#github.reveal();
    const records: LedgerRecord[] = [];
    for await (const record of this.ledgerBeside().records('production', 'shop')) records.unshift(record);
    return records;
  }
}

function atGitHub(context: RunnerContext): RunnerContext {
  const { repository, apiUrl, graphqlUrl, serverUrl } = aRunnerContext();
  const sha = demoCommits.at(-1) ?? '';
  return { ...context, ...(repository && { repository }), sha, apiUrl, graphqlUrl, serverUrl };
}

function lost({ method, url }: HttpRequest): HttpError {
  const reason = 'connection reset';
  return new HttpError({ kind: 'reset', method, url, reason, maybeEffective: true, attempts: 1 });
}

function refuse(message: string): never {
  throw new Error(message);
}
