import type { ChildProcess } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { Redactor } from '../../io/redactor.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import { defined } from '../../text/defined.ts';
import { ownValue } from '../../text/own-value.ts';
import type { ChecksReport } from '../check-result.ts';
import type { LoadOptions } from '../load-checks.ts';
import { withLoadWarnings } from '../run/load-warnings.ts';
import type { RunChecksOptions } from '../run/options.ts';
import { cleanUpMs, PendingCleanUps } from '../run/pending-clean-ups.ts';
import { deadlineOf, runRounds, wantedBuild, wantsWatch } from '../run/run-rounds.ts';
import type { Values } from '../run/scope.ts';
import { Cage } from './cage.ts';
import { CagedProber, type CagedProbing } from './caged-prober.ts';
import { collectGarbage, manyChecks } from './heap.ts';
import { limits } from './limits.ts';
import type { BindRequest, ChecksFacts } from './messages.ts';
import { answerNeed, mayAsk } from './needs.ts';
import { unpacked } from './packed-parts.ts';
import type { Speaker, WorkerMessage, WorkerParts } from './worker-process.ts';
import { WorkerEnded } from './worker-process.ts';

/** How the checks are run. */
export interface CagedRun extends RunChecksOptions {
  /** Leaves the check of the build out. */
  readonly withoutRelease?: boolean;
  /** No other run follows: the process ends with its last answer. */
  readonly isLast?: boolean;
}

/** The port to the process that reads and runs checks. */
export interface CheckPort {
  /** Starts the process, for who knows that it will be needed and has something else to wait for. */
  start(): void;
  /** Reads the `checks` input. Failure: `checks-invalid`, with everything that is wrong. */
  open(input: string, where: LoadOptions): Promise<Checks>;
  /** Ends the process. */
  close(): void;
}

/** Checks that are read, and sound. */
export interface Checks {
  readonly facts: ChecksFacts;
  /**
   * Throws `checks-invalid` for every name that will have no value and every value that cannot be used, before anything
   * is asked.
   */
  assertBindable(values: Values, timeoutMs?: number): Promise<void>;
  /**
   * Runs them until they pass or fail for good. Throws `checks-invalid` before anything is sent, and the signal's reason
   * when aborted before there is a verdict; one that is being watched over is cut short instead.
   */
  run(options: CagedRun): Promise<ChecksReport>;
  /** Ends the process. */
  close(): void;
}

/** Reads and runs checks, each set of them in a process of its own. */
export class ChecksProcess implements CheckPort {
  readonly #parts: Omit<WorkerParts, 'onMessage'>;
  readonly #opened = new Set<CagedChecks>();
  #spare: CagedChecks | undefined;

  #started: ChildProcess | undefined;

  /**
   * `program` is the bundle where the sources run, for who wants to know what that needs; `started` a worker that was
   * started ahead: `startWorker`.
   */
  constructor(env: WorkerParts['env'], program?: string, started?: ChildProcess) {
    this.#parts = { env, program };
    this.#started = started;
  }

  start(): void {
    if (this.#spare !== undefined) return;
    this.#spare = new CagedChecks(this.#parts, this.#started);
    this.#started = undefined;
  }

  async open(input: string, where: LoadOptions): Promise<Checks> {
    this.start();
    const checks = this.#spare as CagedChecks;
    this.#spare = undefined;
    this.#opened.add(checks);
    await checks.read(input, where);
    return checks;
  }

  close(): void {
    this.#started?.kill('SIGKILL');
    this.#spare?.close();
    for (const checks of this.#opened) checks.close();
  }
}

class CagedChecks implements Checks {
  readonly #cage: Cage;
  #facts: ChecksFacts | undefined;
  #run: CagedRun | undefined;
  #redactor = new Redactor([]);
  /** Values that were captured and must be masked, whatever worker comes across them. */
  readonly #captured = new Set<string>();

  constructor(parts: Omit<WorkerParts, 'onMessage'>, started: ChildProcess | undefined) {
    const onMessage = (message: WorkerMessage, worker: Speaker) => this.#take(message, worker);
    this.#cage = new Cage({ ...parts, onMessage }, started);
    this.#cage.start();
  }

  get facts(): ChecksFacts {
    if (this.#facts === undefined) throw new Error('The checks are not read.');
    return this.#facts;
  }

  async read(input: string, where: LoadOptions): Promise<void> {
    this.#facts = await this.#cage.teach('load', () => ({ input, ...where })).catch(tooMuchToRead);
  }

  async assertBindable(values: Values, timeoutMs?: number): Promise<void> {
    const given = { values: listed(values, this.facts), timeoutMs };
    await this.#cage.call('assertBindable', given).catch(tooMuchToRead);
  }

  close(): void {
    this.#cage.close();
  }

  async run(options: CagedRun): Promise<ChecksReport> {
    const { facts } = this;
    const { clock, signal, protectionBypass = '' } = options;
    signal.throwIfAborted();
    const { concurrency, failFast } = facts;
    const values = listed(options, facts);
    this.#redactor = new Redactor([...Object.values(values.secrets), protectionBypass]);
    this.#run = options;
    const [own, late] = [new AbortController(), new AbortController()];
    setMaxListeners(0, own.signal, late.signal);
    const closing = new PendingCleanUps();
    const end = () => {
      late.abort(signal.reason);
      this.#cage.close();
    };
    // Whatever a check does at this moment, who called hears of it at once; what a scenario made is removed before.
    const abort = () => {
      own.abort(signal.reason);
      if (closing.isOver) end();
      else void closing.over(cleanUpMs).then(end);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const request = bindRequest(options, values);
      const from = clock.monotonic();
      // Starting the process is part of the time.
      const deadline = deadlineOf(options);
      const parts = await this.#inTime({ clock, deadline }, () =>
        this.#cage.teach(
          'bind',
          () => ({ ...request, elapsedMs: clock.monotonic() - from, captured: [...this.#captured] }),
          unpacked,
        ),
      );
      // What they came in is as large as they are.
      if (parts.length >= manyChecks) collectGarbage();
      const prober = new CagedProber({
        deadline,
        cage: this.#cage,
        parts,
        concurrency,
        failFast,
        clock,
        signal: late.signal,
        cancelled: own.signal,
      });
      const onLastAnswer = options.isLast === true ? () => this.close() : undefined;
      const rounds = {
        ...options,
        signal: own.signal,
        closing,
        redactor: this.#redactor,
        deadline,
        onLastAnswer,
      };
      return withLoadWarnings(await runRounds(prober, rounds), facts.warnings);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof WorkerEnded ? noEngine(error) : error;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#run = undefined;
      this.#cage.forget('bind');
    }
  }

  /** A worker that stands still, and holds nothing, is never heard of: the time of the run ends it. */
  async #inTime<T>(
    { clock, deadline }: Pick<CagedProbing, 'clock' | 'deadline'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const timer = setTimeout(() => this.#cage.kill('out-of-time'), deadline - clock.monotonic());
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }

  #take(message: WorkerMessage, worker: Speaker): void {
    if ('secret' in message) {
      this.#captured.add(message.secret);
      this.#redactor.add(message.secret);
      this.#run?.onSecret?.(message.secret);
      return;
    }
    // Only what the checks themselves ask for: their process is not believed more than that.
    const run = mayAsk(message, this.facts) ? this.#run : undefined;
    void answerNeed(message, run, worker.signal).then((ended) => worker.reply({ need: message.id, ended }));
  }
}

/** A check file may be written so that reading it takes all the time or memory there is. */
function tooMuchToRead(error: unknown): never {
  if (!(error instanceof WorkerEnded) || error.how === 'closed') throw error;
  if (error.how !== 'held' && error.how !== 'memory') throw noEngine(error);
  throw new ActionFailure({
    code: 'checks-invalid',
    what: `The checks cannot be read: that takes more than ${limits.readMs / 1000} s, or more than ${limits.heapMiB} MiB of memory (${error.how}).`,
    next: 'Write fewer checks, or shorter ones, into one run.',
  });
}

function noEngine({ how }: WorkerEnded): ActionFailure {
  return new ActionFailure({
    code: 'checks-error',
    what: `The process that runs the checks ended before it could ask anything: ${how}`,
    why: 'what ends, or stops, processes of this runner is not known here',
    next: 'Run the job again; give the runner more memory if it happens again.',
  });
}

function bindRequest(options: CagedRun, values: Values): Omit<BindRequest, 'elapsedMs' | 'captured'> {
  const { only, tags, env, controlUrl, tools, platformHealth, runInInstance } = options;
  return {
    ...values,
    ...(only === undefined ? {} : { only: [...only] }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    build: wantedBuild(options),
    watch: wantsWatch(options),
    isNew: options.isNew === true,
    withoutRelease: options.withoutRelease === true,
    ...defined({ controlUrl }),
    env: proxiesOf(env),
    hasTools: tools !== undefined,
    hasPlatform: platformHealth !== undefined,
    hasInstances: runInInstance !== undefined,
  };
}

/** Of the secrets, those that the checks list. */
function listed({ variables, secrets, protectionBypass }: Values, facts: ChecksFacts): Values {
  const own = facts.secrets.flatMap((name) => {
    const value = ownValue(secrets, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const bypass = protectionBypass === undefined ? {} : { protectionBypass };
  return { variables, secrets: Object.fromEntries(own), ...bypass };
}

function proxiesOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const named = Object.entries(env).filter(([name]) => /^(https?|no)_proxy$/i.test(name));
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
