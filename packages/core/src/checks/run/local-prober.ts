import type { Check, CheckDocument, CheckFile } from '../check-file.ts';
import { BindProblem } from '../types/check-type.ts';
import type { SourcePlace } from '../verdict.ts';
import type { RunContext } from './attempt.ts';
import type { BoundCheck, Part } from './bind.ts';
import type { BoundStep } from './bind-step.ts';
import { controlProbe } from './control-probe.ts';
import { previousIsDown } from './previous-probe.ts';
import type {
  AskTask,
  CheckFacts,
  DocumentFacts,
  PartFacts,
  Prober,
  ProbeSession,
  Subject,
  TargetFacts,
} from './prober.ts';
import { tryCheck } from './samples.ts';
import type { SecretKeepers } from './session.ts';
import { Session } from './session.ts';
import type { Tried } from './tried.ts';
import { exceptionText, notCarriedOut, unusable } from './tried.ts';

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

/** Asks in this process. */
export class LocalProber implements Prober {
  readonly parts: readonly PartFacts[];
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly #bound: Bound[] = [];
  readonly #documents = new Map<CheckDocument, DocumentFacts>();
  readonly #probing: LocalProbing;

  constructor(probing: LocalProbing) {
    this.#probing = probing;
    this.parts = probing.parts.map((part) => this.#factsOf(part));
    this.concurrency = probing.file.concurrency;
    this.failFast = probing.file.failFast;
  }

  ask(at: number, { known, ...task }: AskTask): Promise<Tried> {
    const { bound } = this.#at(at, 'check');
    return this.#outliving(task.number, () =>
      tryCheck({ bound, ...task, baselines: () => known }, this.#probing.run),
    );
  }

  session(): ProbeSession {
    const { run, onSecret } = this.#probing;
    const keepers: SecretKeepers = { redactor: run.redactor, onSecret };
    const session = new Session(() => run.clock.now());
    return {
      leftOut: async (at) => this.#at(at, 'step').step.leftOut(session),
      ask: (at, { known, ...task }) =>
        this.#outliving(task.number, async () => {
          const { step } = this.#at(at, 'step');
          const bound = boundIn(step, session, keepers);
          if (typeof bound === 'string') return unusable(run.redactor.redact(bound), task.number);
          const tried = await tryCheck({ bound, ...task, baselines: () => known }, run);
          return { ...tried, target: this.#targetOf(bound) };
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

  async places(ats: readonly number[]): Promise<readonly (SourcePlace | undefined)[]> {
    return ats.map((at) => {
      const one = this.#bound[at];
      return one?.document.source.place(one.check.origin);
    });
  }

  /** What nothing foresaw is the error of one check: the others, and who waits for them, go on. */
  async #outliving(number: number, work: () => Promise<Tried>): Promise<Tried> {
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

  #factsOf(part: Part): PartFacts {
    switch (part.kind) {
      case 'check': {
        const { bound } = part;
        const { repeatable } = bound.probe;
        const target = this.#targetOf(bound);
        return {
          kind: 'check',
          subject: this.#subject({ ...bound, kind: 'check', bound }, repeatable, target),
        };
      }
      case 'left-out':
        return { kind: 'left-out', subject: this.#subject(part, false), cause: part.cause };
      case 'scenario': {
        const { window, delayMs, watch } = part.scenario;
        const steps = part.steps.map((step) =>
          this.#subject({ ...step, kind: 'step', step }, step.repeatable),
        );
        const document = this.#documentFacts(part.document);
        return { kind: 'scenario', scenario: { window, delayMs, watch }, document, steps };
      }
    }
  }

  #subject(one: Bound, repeatable: boolean, target?: Subject['target']): Subject {
    const at = this.#bound.push(one) - 1;
    return { at, check: factsOf(one.check), document: this.#documentFacts(one.document), target, repeatable };
  }

  #targetOf({ probe: { url, host } }: BoundCheck): TargetFacts {
    return { url: url && this.#probing.run.redactor.redact(url), host };
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
  return { name, scenario, type, severity, timeoutMs, delayMs, retry, window, watch };
}

/** A captured value that cannot be used is an attempt that never came to be sent: why. */
function boundIn(step: BoundStep, session: Session, keepers: SecretKeepers): BoundCheck | string {
  try {
    return step.bind(session, keepers);
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    return error.message;
  }
}
