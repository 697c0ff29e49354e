import { setMaxListeners } from 'node:events';
import { systemClock } from '../../io/clock.ts';
import { Redactor } from '../../io/redactor.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import type { CheckFile } from '../check-file.ts';
import { Connections } from '../exchange/connections.ts';
import { LargeAnswers } from '../exchange/large-answers.ts';
import { PatternThread } from '../judge/patterns.ts';
import { loadChecks } from '../load-checks.ts';
import { withoutRelease } from '../provided.ts';
import { assertBindable } from '../run/bind.ts';
import { openProber } from '../run/open-prober.ts';
import type { Prober, ProbeSession } from '../run/prober.ts';
import { mayBeRepeated, subjectsOf } from '../run/prober.ts';
import { checksFacts } from './checks-facts.ts';
import { answered, failed } from './ended.ts';
import { collectGarbage, compileLater, manyChecks } from './heap.ts';
import type { JudgingTurn } from './judging-turn.ts';
import type {
  BindableRequest,
  BindRequest,
  Calls,
  ChecksFacts,
  Ended,
  FromWorker,
  LoadRequest,
  Needs,
  ProgramResult,
  ToWorker,
} from './messages.ts';
import { packed } from './packed-parts.ts';

/** Of those that may be under way at once, so many are under way or wait. */
const leastAhead = 1.25;

type Answers = {
  readonly [Name in keyof Calls]: (given: Calls[Name]['given']) => Promise<Calls[Name]['answer']>;
};

/** Answers the calls: reads checks, binds them to the values of a run, asks and judges. */
export class Service {
  readonly #turn: JudgingTurn;
  readonly #send: (message: FromWorker, isUrgent?: boolean) => void;
  readonly #needs = new Map<number, (ended: Ended) => void>();
  readonly #sessions = new Map<number, ProbeSession>();
  readonly #patterns: PatternThread;
  #file: CheckFile | undefined;
  #prober: Prober | undefined;
  #connections = new Connections();
  #needed = 0;
  /** Places of the run that are asked no second time. */
  #askedOnce: ReadonlySet<number> = new Set();
  #redactor = new Redactor([]);
  #busy = 0;

  /** `isUrgent`: what is said cannot be had again. */
  constructor(turn: JudgingTurn, send: (message: FromWorker, isUrgent?: boolean) => void) {
    this.#turn = turn;
    this.#patterns = new PatternThread(turn.waiting);
    this.#send = send;
  }

  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** Whether so many wait for their turn that none of the places is empty until others have come. */
  get isAhead(): boolean {
    return this.#prober !== undefined && this.#busy > leastAhead * this.#prober.concurrency;
  }

  async take(message: ToWorker): Promise<void> {
    if ('need' in message) return this.#needs.get(message.need)?.(message.ended);
    const { call, id, given } = message;
    this.#busy++;
    try {
      const answer = this.#answers[call] as (given: unknown) => Promise<unknown>;
      const ended = await this.#turn
        .do(id, () => answer(given))
        .then(answered, (error: unknown) => failed(error, this.#redactor));
      this.#send({ id, ended }, this.#isAskedOnce(message));
    } finally {
      this.#busy--;
    }
  }

  #isAskedOnce({ call, given }: Extract<ToWorker, { call: unknown }>): boolean {
    if (call !== 'ask' && call !== 'askStep') return false;
    return this.#askedOnce.has((given as Calls['ask']['given']).at);
  }

  readonly #answers: Answers = {
    load: (given) => this.#load(given),
    assertBindable: async ({ values, timeoutMs }: BindableRequest) => {
      assertBindable(this.#checks, values, timeoutMs);
      return null;
    },
    bind: (given) => this.#bind(given),
    ask: ({ at, task }) => this.#bound.ask(at, task),
    leftOut: async ({ session, at }) => (await this.#session(session).leftOut(at)) ?? null,
    askStep: ({ session, at, task }) => this.#session(session).ask(at, task),
    endSession: async ({ session }) => {
      this.#sessions.delete(session);
      return null;
    },
    control: () => this.#bound.controlIsReached(),
    previous: ({ at, timeoutMs }) => this.#bound.previousIsDown(at, timeoutMs),
    answers: async (ats) => (await this.#bound.answers(ats)).map((text) => text ?? null),
    places: async (ats) => (await this.#bound.places(ats)).map((place) => place ?? null),
  };

  get #checks(): CheckFile {
    if (this.#file === undefined) throw new Error('No checks are loaded.');
    return this.#file;
  }

  get #bound(): Prober {
    if (this.#prober === undefined) throw new Error('The checks are not bound.');
    return this.#prober;
  }

  async #load({ input, ...where }: LoadRequest): Promise<ChecksFacts> {
    const file = await loadChecks(input, where);
    this.#file = file;
    return checksFacts(file);
  }

  async #bind(request: BindRequest): Promise<Calls['bind']['answer']> {
    const file = request.withoutRelease ? withoutRelease(this.#checks) : this.#checks;
    const { only, tags, secrets, protectionBypass = '', env: proxyEnv, controlUrl, elapsedMs } = request;
    const redactor = new Redactor([...Object.values(secrets), protectionBypass, ...request.captured]);
    this.#redactor = redactor;
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    this.#sessions.clear();
    this.#connections.close();
    this.#connections = new Connections();
    const from = systemClock.monotonic() - elapsedMs;
    const binding = { ...request, redactor, only: only && new Set(only), tags: tags && new Set(tags) };
    this.#prober = await openProber(
      file,
      { ...binding, build: request.build },
      {
        clock: systemClock,
        from,
        activatedAt: request.isNew ? from : undefined,
        signal: abort.signal,
        proxyEnv,
        env: {},
        controlUrl,
        patterns: this.#patterns,
        judging: this.#turn.judging,
        pool: this.#connections,
        largeAnswers: new LargeAnswers(collectGarbage),
        onSecret: (secret) => this.#send({ secret }),
        tools: request.hasTools ? { run: this.#runProgram } : undefined,
        platformHealth: request.hasPlatform ? () => this.#need('health', null) : undefined,
        runInInstance: request.hasInstances ? (command) => this.#need('command', command) : undefined,
      },
    );
    const { parts: all } = this.#prober;
    this.#askedOnce = new Set(subjectsOf(all).flatMap((one) => (mayBeRepeated(one) ? [] : [one.at])));
    const parts = packed(all);
    if (all.length >= manyChecks) {
      compileLater();
      collectGarbage();
    }
    return parts;
  }

  /** A program runs where the environment is, and where it is ended if the run is. */
  readonly #runProgram: import('../../io/process.ts').Tools['run'] = async (run) => {
    const { command, args, env, cwd, deadlineMs, ladder } = run;
    const asked = { command, args, env, cwd, ...(deadlineMs && { deadlineMs }), ...(ladder && { ladder }) };
    const { result, stderr }: ProgramResult = await this.#need('program', asked);
    for (const line of stderr) run.onLine?.(line, 'stderr');
    return result;
  };

  /** What only who started this process can do. Rejects as it does. */
  #need<Name extends keyof Needs>(need: Name, given: Needs[Name]['given']): Promise<Needs[Name]['answer']> {
    const id = ++this.#needed;
    return new Promise((resolve, reject) => {
      this.#needs.set(id, (ended) => {
        this.#needs.delete(id);
        if ('answer' in ended) resolve(ended.answer as Needs[Name]['answer']);
        else reject('failure' in ended ? new ActionFailure(ended.failure) : new Error(ended.exception));
      });
      this.#send({ need, id, given });
    });
  }

  /** Begins with the first that is asked of it. */
  #session(id: number): ProbeSession {
    const known = this.#sessions.get(id) ?? this.#bound.session();
    this.#sessions.set(id, known);
    return known;
  }
}
