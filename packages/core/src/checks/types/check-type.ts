import type { Clock } from '../../io/clock.ts';
import type { Tools } from '../../io/process.ts';
import type { Redactor } from '../../io/redactor.ts';
import type { ReasonCode } from '../../outcome/reasons.ts';
import type { AskPlatformHealth, RunInInstance } from '../../platforms/instances.ts';
import type { Assertion, Predicate, Source } from '../assertion.ts';
import type { AnswerSeen, AssertionFailure, FailureClass, Phases } from '../check-result.ts';
import type { CookieJar } from '../exchange/cookie-jar.ts';
import type { AnswerSlot } from '../exchange/large-answers.ts';
import type { Lease } from '../exchange/lease.ts';
import type { Proxies } from '../exchange/proxy.ts';
import type { Route } from '../exchange/route.ts';
import type { HostLookup } from '../host-lookup.ts';
import type { JsonPaths } from '../judge/jsonpath.ts';
import type { PatternThread } from '../judge/patterns.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import type { VariableValue } from '../run/variable-value.ts';

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
  /** Predicates that it asks itself, likewise. */
  readonly predicates?: readonly Predicate[];
  /** Assertions written inside the type's own mapping, as `tls: { days-left: { gte: 14 } }`. */
  readonly expect?: readonly Assertion[];
  readonly implied?: readonly Implied[];
  /** What `expect` may read of this check, where that is less than of every one of its type. */
  readonly sources?: SourceGrammars;
  /** The command that it runs in an instance of the target, its words still templates. */
  readonly command?: readonly string[];
  /** Fills in the templates; throws BindProblem for values that cannot be used. */
  bind(scope: Scope): Probe;
  /** What it sends as a curl command, where that can say it; throws as `bind` does. */
  readonly curl?: (scope: Scope, terms: CurlTerms) => string;
}

/** What must hold unless an assertion of the check names that very fact. */
export interface Implied {
  /** Without a place of its own it stands where the type does. */
  readonly assertion: Omit<Assertion, 'origin'> & Partial<Pick<Assertion, 'origin'>>;
  readonly unless: (stated: Assertion) => boolean;
}

/** What a check is made with once the run has begun. */
export interface Scope {
  /** Throws BindProblem for a captured null, list or object: a text has no place for it. */
  fill(text: string): string;
  /** The same for every string inside a value; what is a `${name}` and nothing else keeps its type. */
  fillDeep(value: unknown): unknown;
  given(name: string): VariableValue | undefined;
  isSecret(name: string): boolean;
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
  /** Whether a template holds a value that is generated anew in each attempt. */
  isGenerated(template: string): boolean;
  /** Whether a template holds what an earlier step has captured. */
  isCaptured(template: string): boolean;
  /** What the served build must equal when the caller rather than the file says so. */
  readonly build: WantedBuild | undefined;
  /** Whether the check says itself what must hold of a source; the type's own judgement of it then steps back. */
  asserts(source: string): boolean;
  /** What the check says itself, its templates not filled in. */
  readonly stated: readonly Assertion[];
}

/** `unknown`: the caller knows no commit, so the build is only reported. */
export type WantedBuild = { readonly kind: 'commit'; readonly commit: string } | { readonly kind: 'unknown' };

/** A check ready to be attempted. */
export interface Probe {
  /** What is probed, for reports: a URL or `host:port`; undefined when there is no address. */
  readonly url: string | undefined;
  /** The host it connects to, for the control probe; undefined when it connects to none. */
  readonly host: string | undefined;
  /** Parameters of addresses whose values are not shown, beside those that never are. */
  readonly redactQuery?: readonly string[];
  /** False when sending it twice may do something twice. */
  readonly repeatable: boolean;
  /** One attempt, on connections that no other attempt of the check has used. Rejects only when aborted. */
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
  readonly place?: AnswerSlot | undefined;
  /** Those that other checks have left. */
  readonly connections?: Lease | undefined;
  /** Of the scenario the attempt is part of. */
  readonly cookies?: CookieJar | undefined;
  /** The environment of the run. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The port to processes; undefined where the caller has none. */
  readonly tools: Tools | undefined;
  readonly platformHealth: AskPlatformHealth | undefined;
  readonly runInInstance?: RunInInstance | undefined;
  /** When what is asked had been made live at the latest, on the monotonic clock; undefined where nobody knows. */
  readonly activatedAt?: number | undefined;
  /** What a page may lack; absent: nothing. */
  readonly mayLack?: MayLack | undefined;
  /** Whether an assertion of the check on one of these sources does not hold of what was read so far. Absent where nothing is asserted. */
  readonly awaits?: (sources: readonly string[], read: (source: Source) => Reading) => Promise<boolean>;
}

/**
 * What a page may lack in a deploy that is to be no worse than what served before: `anything` but scripts and style
 * sheets where it is only looked at, else what it lacked then, each a digest of an address.
 */
export type MayLack = 'anything' | readonly string[];

/** One answer is judged at a time. */
export type Judging = <T>(work: () => Promise<T>) => Promise<T>;

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
  readonly findings?: readonly Finding[];
  /** What stands before the service and answered in its place; it counts when an assertion does not hold. */
  readonly interception?: Finding;
  /** A cache gave it from before the change, and nothing led past it: no evidence of the release. How the cache says so. */
  readonly kept?: string;
  /** What else was seen, a line each, for the report. */
  readonly notes?: readonly string[];
  /** What people should know though it decides nothing, a line each. */
  readonly warnings?: readonly string[];
  /** What a page lacked, for a later `mayLack`. */
  readonly lacking?: readonly string[];
  /** What makes the readings doubtful, a clause; known only once they were read. */
  readonly caveat?: () => string | undefined;
  /** `summary` without what the other side said; of what quotes that there or in its findings. */
  readonly bare?: string;
  /** Nothing of it may be shown: why, for whatever would quote it. */
  readonly unshown?: string;
  /** What to show of an answer that failed. */
  readonly seen?: () => SeenAnswer;
  read(source: Source): Reading;
}

export interface Finding {
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

/** What a command needs to know beside the request. */
export interface CurlTerms {
  /** Of one attempt, milliseconds. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How hosts are found, as written; absent where nothing is out of the ordinary. */
  readonly hostLookup?: HostLookup | undefined;
  /** Names of the cookies that the scenario sends along. */
  readonly cookies?: readonly string[];
  /** A file that the check names, as whoever calls the command names it. */
  pathOf(path: string): string;
  /** A template with the values of its secrets, to be looked at and never shown. */
  reveal(text: string): string;
}

/** What a person would look at first of an answer that failed, and all of it; not masked yet, and not cut. */
export interface SeenAnswer extends AnswerSeen {
  /** Absent where nothing of it is to be shown. */
  readonly whole?: WholeAnswer;
}

/** An answer that failed, as it is kept until the report is made. */
export interface WholeAnswer {
  /** Bytes it takes to keep it. */
  readonly size: number;
  /** The text for a person: where it came from, its headers, its body. Masked. */
  text(redactor: Redactor): string;
}
