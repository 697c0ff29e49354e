import type { Ports } from '../../../../packages/core/src/action/ports.ts';
import type { Clock } from '../../../../packages/core/src/io/clock.ts';
import { createLedger } from '../../../../packages/core/src/ledger/github-ledger.ts';
import { demoCommits } from '../../../../packages/local-cloud/src/github/demo.ts';
import { demoGitHub } from '../../../support/github-emulator.ts';
import { GitHubHttp } from '../../../support/github-http.ts';
import { type RecordingRunner, recordingRunner } from '../../../support/recording-runner.ts';
import { SharedClock } from '../../../support/shared-clock.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { modelChecks } from './judge.ts';
import { type Deployment, type ModelHow, ModelWorld } from './world.ts';

/** One run of a job: its doors, what it asked, and how it can be cut. */
export interface Run {
  readonly ports: Ports;
  readonly runner: RecordingRunner;
  /** The addresses its checks asked. */
  readonly asked: readonly string[];
  cancel(): void;
  /** Nothing of it happens any more. */
  kill(): void;
}

/** A project of the model, the emulated GitHub that keeps its records, and the one clock of both. */
export class Stage {
  readonly clock = new VirtualClock();
  readonly world: ModelWorld;
  readonly token: string;
  readonly #http: GitHubHttp;
  #runs = 0;

  constructor(how: ModelHow = {}) {
    this.world = new ModelWorld(this.clock, how);
    const { github } = demoGitHub(new SharedClock(this.clock));
    this.token = github.token();
    this.#http = new GitHubHttp(github);
  }

  /** A run some minutes after the one before it. */
  async run({ states, event = {} }: RunFacts = {}): Promise<Run> {
    if (states === undefined) {
      await this.clock.sleep(120_000);
      this.#runs += 1;
    }
    const runner = recordingRunner({
      context: { runId: String(this.#runs), sha: demoCommits.at(-1) ?? '', ...event },
    });
    for (const [name, value] of Object.entries(states ?? {})) runner.saveState(name, value);
    const [cancelled, asked] = [new AbortController(), [] as string[]];
    let isGone = false;
    const alive = async () => {
      if (isGone) await new Promise<never>(() => {});
    };
    const clock: Clock = {
      now: () => this.clock.now(),
      monotonic: () => this.clock.monotonic(),
      sleep: async (ms, signal) => {
        await this.clock.sleep(ms, signal).finally(alive);
        await alive();
      },
    };
    const ports: Ports = {
      runner,
      clock,
      tools: { run: refuse },
      signal: cancelled.signal,
      http: {
        request: async (request) => {
          await alive();
          return this.#http.request(request);
        },
        download: refuse,
        upload: refuse,
      },
      checks: modelChecks(this.world, clock, asked),
    };
    const cancel = () => cancelled.abort(new Error('The job was cancelled.'));
    const kill = () => {
      isGone = true;
    };
    return { ports, runner, asked, cancel, kill };
  }

  /** Deploys by the platform itself, as its own Git integration does. */
  async deployByGit(ask: Pick<Deployment, 'commit' | 'quality' | 'promotesItself'>): Promise<void> {
    await this.clock.sleep(60_000);
    this.world.deploy(ask);
  }

  /** `deploy: shipped dpl_2, verdict pass`: a line for each record, oldest first. */
  async records(): Promise<readonly string[]> {
    // GitHub shows what was written a moment later.
    await this.clock.sleep(60_000);
    const { runner } = await this.run({ states: {} });
    const ledger = createLedger({
      http: this.#http,
      clock: this.clock,
      context: runner.context,
      token: this.token,
      warn: refuse,
    });
    const lines: string[] = [];
    for await (const { kind, facts } of ledger.records('production', 'shop'))
      lines.unshift(
        `${kind}: ${facts.map(({ fact }) => Object.values(fact).slice(0, 2).join(' ')).join(', ')}`,
      );
    return lines;
  }
}

interface RunFacts {
  /** What main had kept: the run is its `post`, directly after it. */
  readonly states?: RecordingRunner['states'];
  /** Of the event that started it. */
  readonly event?: Partial<RecordingRunner['context']>;
}

function refuse(asked: unknown): never {
  throw new Error(`Nobody asks for ${JSON.stringify(asked)} here.`);
}
