import type { ActionResult } from '../action/action.ts';
import type { Ports } from '../action/ports.ts';
import type { InstanceAnswers } from '../platforms/instances.ts';
import type { OpenPlatform } from '../platforms/open-platform.ts';
import type { Live, Target } from '../platforms/platform.ts';
import type { MainEnd } from '../report/post-report.ts';

/** What one look has seen of a target. */
export interface SeenTarget {
  readonly target: Target;
  readonly live: Live;
}

/** Looks once, within so many milliseconds. A target that is not there serves nothing. */
export type Look = (remainingMs: number) => Promise<SeenTarget>;

/** One look is worth a few seconds, milliseconds. */
export const lookMs = 10_000;

/** What checks need of a platform. */
export interface AnsweringPlatform<Given> {
  /** What checks may ask it without a deploy. Failure: of the token. Absent: it has no instances to ask for. */
  answers?(ports: Pick<Ports, 'runner' | 'http' | 'clock'>, given: Given): InstanceAnswers;
  /** The same result, which also tells of a token that may do more than the run needed. Never throws. */
  toldOfToken(result: ActionResult, given: Given): Promise<ActionResult>;
}

/**
 * What a platform's folder answers: everything an action needs of it. `Given`: the inputs that name a target, `Opening`
 * those that open it too.
 */
export interface PlatformModule<Given, Opening extends Given = Given> extends AnsweringPlatform<Given> {
  /** The target that the inputs name; nobody is asked. */
  target(given: Given): Target;
  /** Opens the platform for it, with the tools it takes. Failures: the platform's own opening reasons. */
  open(ports: Ports, given: Opening): Promise<OpenPlatform>;
  /** What the target serves, without starting any tool. The look's failures: of the token, HttpError. */
  look(ports: Pick<Ports, 'runner' | 'http' | 'clock'>, given: Given): Look;
  /** Absent: it runs none. */
  readonly tools?: PlatformTools;
}

/** What a platform's tools leave on the machine, for `post`. */
export interface PlatformTools {
  /** From the beginning of `post` on: what must not outlive the step goes with this process, however it ends. */
  removeAtExit(ports: Ports): void;
  /** Ends what main left running; answers what it did, each a sentence. */
  endLeftBehind(ports: Ports, main: MainEnd): Promise<readonly string[]>;
  /** Removes what is left. */
  close(ports: Ports): Promise<void>;
}
