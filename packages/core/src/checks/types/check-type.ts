import type { Clock } from '../../clock.ts';
import type { Evidence } from '../../platforms/platform.ts';
import type { Tools } from '../../process.ts';
import type { ReasonCode } from '../../reasons.ts';
import type { Redactor } from '../../redactor.ts';
import type { Assertion, Source } from '../check-file.ts';
import type { CookieJar } from '../exchange/cookie-jar.ts';
import type { Place } from '../exchange/large-answers.ts';
import type { Proxies } from '../exchange/proxy.ts';
import type { Route } from '../exchange/route.ts';
import type { JsonPaths } from '../judge/jsonpath.ts';
import type { PatternThread } from '../judge/patterns.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import type { AssertionFailure, FailureClass, Phases } from '../verdict.ts';

/** A kind of check. Adding one is adding a file here and its line in `types/index.ts`. */
export interface CheckType {
  /** The key that names it in a check: `http`. */
  readonly name: string;
  /** What its `expect` may read, and how each is written. */
  readonly sources: SourceGrammars;
  /** True when it passes on its own terms; otherwise a check without `expect` proves nothing and is refused. */
  readonly assertsItself: boolean;
  /** Reads the value under its key; notes problems there and answers undefined when there are any. */
  read(at: Cursor, defaults: TypeDefaults): Blueprint | undefined;
}

/** What `defaults` says for the types rather than for every check. */
export interface TypeDefaults {
  readonly follow: boolean;
  /** Query parameters whose values reports do not show, in the whole file. */
  readonly redactQuery?: readonly string[];
}

/** A check as written, its strings still templates. */
export interface Blueprint {
  /** JSONPath queries it evaluates itself, to be found wrong before anything is sent. */
  readonly queries: readonly string[];
  /** Assertions written inside the type's own mapping, as `tls: { days-left: { gte: 14 } }`. */
  readonly expect?: readonly Assertion[];
  readonly implied?: readonly Implied[];
  /** Fills in the templates; throws BindProblem for values that cannot be used. */
  bind(scope: Scope): Probe;
}

/** What must hold unless the check says something of its own about one of these sources. */
export interface Implied {
  readonly assertion: Assertion;
  readonly unless: readonly string[];
}

/** What a check is made with once the run has begun. */
export interface Scope {
  fill(text: string): string;
  fillDeep(value: unknown): unknown;
  /** Base of relative paths. */
  readonly target: string | undefined;
  /** The bytes of a file named in the check, relative to the check file; throws BindProblem where it may not be read. */
  readFile(path: string): Buffer;
  /** The real path of a folder named in the check, relative to the check file; throws BindProblem where there is none. */
  openFolder(path: string): string;
  readonly redactor: Redactor;
  /** Vercel's secret that lets automation pass Deployment Protection; for the target's own origin only. */
  readonly protectionBypass: string | undefined;
  /** True when a secret of the file is used in this check. */
  readonly usesSecrets: boolean;
  /** What the served build must equal when the caller rather than the file says so. */
  readonly build: WantedBuild | undefined;
  /** Whether the check says itself what must hold of a source; the type's own judgement of it then steps back. */
  asserts(source: string): boolean;
}

/** `unknown`: the caller knows no commit, so the build is only reported. */
export type WantedBuild = { readonly kind: 'commit'; readonly commit: string } | { readonly kind: 'unknown' };

/** A value that only the run could show to be unusable. */
export class BindProblem extends Error {}

/** A check ready to be attempted. */
export interface Probe {
  /** What is probed, for reports: a URL or `host:port`; undefined when there is no address. */
  readonly url: string | undefined;
  /** The host it connects to, for the control probe; undefined when it connects to none. */
  readonly host: string | undefined;
  /** False when sending it twice may do something twice. */
  readonly repeatable: boolean;
  /** One attempt, on one connection of its own. Rejects only when aborted. */
  attempt(context: AttemptContext): Promise<Observation>;
}

export interface AttemptContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How hosts are to be found where the check says so. */
  readonly route?: Route | undefined;
  readonly proxies: Proxies;
  readonly jsonPaths: JsonPaths | undefined;
  readonly patterns: PatternThread;
  /** Does what reads and judges an answer: the thread is then known to be held by it. */
  readonly judging: Judging;
  /** Among those that hold a large answer. */
  readonly place?: Place | undefined;
  /** Of the scenario the attempt is part of. */
  readonly cookies?: CookieJar | undefined;
  /** The environment of the run. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The door to processes; undefined where the caller has none. */
  readonly tools: Tools | undefined;
  readonly platformHealth: PlatformHealth | undefined;
  /** Whether an assertion of the check on one of these sources does not hold of what was read so far. Absent where nothing is asserted. */
  readonly awaits?: (sources: readonly string[], read: (source: Source) => Reading) => Promise<boolean>;
}

/** One answer is judged at a time. */
export type Judging = <T>(work: () => Promise<T>) => Promise<T>;

/** Asks the platform for its own judgement of every instance of the target. Rejects when it cannot be asked. */
export type PlatformHealth = (signal: AbortSignal) => Promise<readonly Evidence[]>;

export type Observation = Answered | Unanswered;

/** The target said something; the assertions decide. */
export interface Answered {
  readonly kind: 'answered';
  readonly summary: string;
  readonly phases: Phases;
  readonly status?: number;
  /** What the answer asks to wait, milliseconds. */
  readonly retryAfterMs?: number;
  /** The build it reports, when this check asked for it. */
  readonly release?: string;
  /** Judgements of the type's own, before any assertion; the first decides the failure's class. */
  readonly objections?: readonly Objection[];
  /** What stands before the service and answered in its place; it counts when an assertion does not hold. */
  readonly wall?: Objection;
  /** What else was seen, a line each, for the report. */
  readonly notes?: readonly string[];
  /** What makes the readings doubtful, a clause; known only once they were read. */
  readonly doubt?: () => string | undefined;
  read(source: Source): Reading;
}

export interface Objection {
  readonly failureClass: FailureClass;
  readonly failure: AssertionFailure;
  /** `error` when the check cannot work, `unknown` when whoever should know could not be asked: neither is the release's fault. */
  readonly endsAs: 'fail' | 'error' | 'unknown';
  /** Why it failed or cannot work, where more is known than `checks-failed` and `checks-error` say. */
  readonly reason?: ReasonCode;
}

/** No usable answer came. */
export interface Unanswered {
  readonly kind: 'unanswered';
  readonly failureClass: FailureClass;
  readonly summary: string;
  readonly phases: Phases;
  readonly status?: number;
}
