import type { Check, CheckDocument, CheckFile, Window } from '../check-file.ts';
import type { SourcePlace } from '../check-result.ts';
import { leastMs } from '../exchange/attempt-watch.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { RunContext } from './attempt.ts';
import { targetOf } from './attempt.ts';
import type { AttemptResult, TargetFacts } from './attempt-result.ts';
import { exceptionText, notCarriedOut, outOfTimeAttempt, unusableCapture } from './attempt-result.ts';
import type { BoundCheck, BoundStep, Part } from './bound.ts';
import { controlProbe } from './control-probe.ts';
import { KeptAnswers } from './kept-answers.ts';
import { limiter } from './limit.ts';
import { previousIsDown } from './previous-probe.ts';
import type {
  AskTask,
  CheckFacts,
  CheckToAsk,
  DocumentFacts,
  PartFacts,
  Prober,
  ProbeSession,
} from './prober.ts';
import { tryCheck } from './samples.ts';
import type { SecretKeepers } from './session.ts';
import { Session } from './session.ts';

export interface LocalProbing {
  readonly file: CheckFile;
  /** Bound to the values of the run. */
  readonly parts: readonly Part[];
  readonly run: RunContext;
  readonly controlUrl: string | undefined;
  readonly onSecret: SecretKeepers['onSecret'];
}

/** What can be asked at one place of the run. */
type Bound = { readonly check: Check; readonly document: CheckDocument } & (
  | { readonly kind: 'check'; readonly bound: BoundCheck }
  | { readonly kind: 'step'; readonly step: BoundStep }
  | { readonly kind: 'left-out' }
);

type Described = Pick<Bound, 'check' | 'document'>;

type Told = readonly [repeatable: boolean, target?: CheckToAsk['target']];

/** The next in the order of the run. */
type SubjectOf = (one: Described, ...told: Told) => CheckToAsk;

type Turn = Pick<AskTask, 'number' | 'timeoutMs' | 'leftMs'>;

/** Asks in this process. */
export class LocalProber implements Prober {
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly #bound: readonly Bound[];
  readonly #documents = new Map<CheckDocument, DocumentFacts>();
  readonly #probing: LocalProbing;
  readonly #answers = new KeptAnswers();
  readonly #limit: ReturnType<typeof limiter>;

  constructor(probing: LocalProbing) {
    this.#probing = probing;
    this.#limit = limiter(probing.file.concurrency);
    this.#bound = probing.parts.flatMap(boundOf);
    this.concurrency = probing.file.concurrency;
    this.failFast = probing.file.failFast;
  }

  /** Made for who asks, and not kept: in the process that runs thousands of checks nobody asks twice. */
  get parts(): readonly PartFacts[] {
    let count = 0;
    const subject: SubjectOf = (...told) => this.#subject(count++, ...told);
    return this.#probing.parts.map((part) => this.#factsOf(part, subject));
  }

  ask(at: number, { known, ...asked }: AskTask): Promise<AttemptResult> {
    const { bound } = this.#at(at, 'check');
    return this.#inTurn(asked, async (task) =>
      this.#kept(at, await tryCheck({ bound, ...task, baselines: () => known }, this.#probing.run)),
    );
  }

  session(): ProbeSession {
    const { run, onSecret } = this.#probing;
    const keepers: SecretKeepers = { redactor: run.redactor, onSecret };
    const session = new Session(() => run.clock.now());
    return {
      leftOut: async (at) => this.#at(at, 'step').step.leftOut(session),
      ask: (at, { known, ...asked }) =>
        this.#inTurn(asked, async (task) => {
          const { step } = this.#at(at, 'step');
          const bound = boundIn(step, session, keepers);
          if (typeof bound === 'string')
            return unusableCapture(run.redactor.excerpt(bound, 500), task.number);
          const tried = await tryCheck({ bound, ...task, baselines: () => known }, run);
          return this.#kept(at, { ...tried, target: this.#targetOf(bound) });
        }),
      end: () => {},
    };
  }

  controlIsReached(): Promise<boolean> {
    const { controlUrl, run } = this.#probing;
    return controlProbe(controlUrl, run);
  }

  previousIsDown(at: number, timeoutMs: number): Promise<boolean> {
    const one = this.#bound[at];
    return one?.kind === 'check'
      ? previousIsDown(one.bound, this.#probing.run, timeoutMs)
      : Promise.resolve(false);
  }

  async answers(ats: readonly number[]): Promise<readonly (string | undefined)[]> {
    return ats.map((at) => this.#answers.text(at, this.#probing.run.redactor));
  }

  async places(ats: readonly number[]): Promise<readonly (SourcePlace | undefined)[]> {
    return ats.map((at) => {
      const one = this.#bound[at];
      return one?.document.source.place(one.check.origin);
    });
  }

  /** What a report tells of an attempt goes on; all of the answer waits here. */
  #kept(at: number, { whole, ...tried }: AttemptResult): AttemptResult {
    this.#answers.keep(at, whole);
    return tried;
  }

  /** As many at once as there may be; who asks may be ahead of that. The time that waiting takes is the run's. */
  #inTurn<Task extends Turn>(
    asked: Task,
    work: (task: Task) => Promise<AttemptResult>,
  ): Promise<AttemptResult> {
    const { clock } = this.#probing.run;
    const from = clock.monotonic();
    return this.#limit(() => {
      const leftMs = asked.leftMs - (clock.monotonic() - from);
      if (leftMs < leastMs && leftMs < asked.leftMs) return Promise.resolve(outOfTimeAttempt(asked.number));
      const timeoutMs = Math.min(asked.timeoutMs, leftMs);
      return this.#outliving(asked.number, () => work({ ...asked, leftMs, timeoutMs }));
    });
  }

  /** What nothing foresaw is the error of one check: the others, and who waits for them, go on. */
  async #outliving(number: number, work: () => Promise<AttemptResult>): Promise<AttemptResult> {
    const { signal, redactor } = this.#probing.run;
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      return notCarriedOut(exceptionText(error, redactor), number);
    }
  }

  #at<Kind extends Bound['kind']>(at: number, kind: Kind): Extract<Bound, { kind: Kind }> {
    const one = this.#bound[at];
    if (one?.kind !== kind) throw new Error(`There is no ${kind} at ${at}.`);
    return one as Extract<Bound, { kind: Kind }>;
  }

  #factsOf(part: Part, subject: SubjectOf): PartFacts {
    switch (part.kind) {
      case 'check': {
        const { bound } = part;
        return { kind: 'check', subject: subject(bound, bound.probe.repeatable, this.#targetOf(bound)) };
      }
      case 'left-out':
        return { kind: 'left-out', subject: subject(part, false), cause: part.cause };
      case 'scenario': {
        const { window: written, delayMs, watch } = part.scenario;
        const window = unplaced(written);
        const stepOf = (step: BoundStep) => subject(step, step.repeatable);
        const [steps, last] = [part.steps.map(stepOf), part.last.map(stepOf)];
        const document = this.#documentFacts(part.document);
        return { kind: 'scenario', scenario: { window, delayMs, watch }, document, steps, last };
      }
    }
  }

  #subject(at: number, { check, document }: Described, ...[repeatable, target]: Told): CheckToAsk {
    return { at, check: factsOf(check), document: this.#documentFacts(document), target, repeatable };
  }

  #targetOf({ probe }: BoundCheck): TargetFacts {
    return targetOf(probe, this.#probing.run.redactor);
  }

  /** One for each document: checks are told apart by the watch they belong to. */
  #documentFacts(document: CheckDocument): DocumentFacts {
    const { source, watch } = document;
    const at = this.#documents.size;
    const known = this.#documents.get(document) ?? { at, file: source.file, watch };
    this.#documents.set(document, known);
    return known;
  }
}

/** In the order of the run. */
function boundOf(part: Part): readonly Bound[] {
  switch (part.kind) {
    case 'check': {
      const { check, document } = part.bound;
      return [{ kind: 'check', check, document, bound: part.bound }];
    }
    case 'left-out':
      return [part];
    case 'scenario':
      return [...part.steps, ...part.last].map((step) => {
        const { check, document } = step;
        return { kind: 'step', check, document, step };
      });
  }
}

function factsOf({
  name,
  scenario,
  type,
  severity,
  timeoutMs,
  delayMs,
  retry,
  window,
  watch,
}: Check): CheckFacts {
  return { name, scenario, type, severity, timeoutMs, delayMs, retry, window: unplaced(window), watch };
}

/** Where it is written matters to who reads the file only. Checks that share one go on to share it. */
function unplaced(window: Window): Window {
  const { successes, intervalMs, hold, origin } = window;
  if (origin === undefined) return window;
  const known = withoutPlace.get(window) ?? { successes, intervalMs, hold };
  withoutPlace.set(window, known);
  return known;
}

const withoutPlace = new WeakMap<Window, Window>();

/** A captured value that cannot be used is an attempt that never came to be sent: why. */
function boundIn(step: BoundStep, session: Session, keepers: SecretKeepers): BoundCheck | string {
  try {
    return step.bind(session, keepers);
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    return error.message;
  }
}
