import { leastMs } from '../exchange/attempt-watch.ts';
import { shownUrl } from '../exchange/exchange.ts';
import type { ExchangeRequest } from '../exchange/message.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, oneOf, text } from '../parse/scalars.ts';
import { BindProblem } from './bind-problem.ts';
import { CacheBuster, isOfQuery, serialAt } from './cache-buster.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Probe,
  Scope,
  TypeDefaults,
  Unanswered,
} from './check-type.ts';
import { inBetween } from './deployment-protection.ts';
import type { WebAnswer } from './http-answer.ts';
import { askWeb, withoutQuery } from './http-answer.ts';
import { bindRequest } from './http-bind.ts';
import type { RequestSpec } from './http-request.ts';
import { getRequest } from './http-request.ts';
import { keptAnswer } from './kept-answer.ts';
import { asCached, keptBefore, pastByHeader } from './past-caches.ts';
import type { Ask } from './release/each-machine.ts';
import { askEachMachine } from './release/each-machine.ts';
import type { BuildQuestion, Judged } from './release/judge-build.ts';
import { judgeBuild, placeKinds } from './release/judge-build.ts';
import { seenAnswer } from './seen-answer.ts';

/** The served build equals the wanted commit: a health check alone also passes against the old build. */
export const releaseCheck: CheckType = {
  name: 'release',
  sources: {},
  assertsItself: true,
  read,
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the check language
const providedCommit = '${sha}';

interface ReleaseSpec extends Omit<BuildQuestion, 'wanted'> {
  /** A template; the provided `sha` when absent. */
  readonly equals: string | undefined;
  readonly follow: boolean;
  readonly redactQuery: readonly string[];
  /** Ask each machine that the platform lists: rounds through a load balancer may all meet the same one. */
  readonly instances: boolean;
}

function read(at: Cursor, defaults: TypeDefaults): Blueprint | undefined {
  const keys = ['path', 'jsonpath', 'header', 'meta', 'equals', 'match', 'instances'];
  const given = fields(at, { what: '`release`', keys });
  if (given === undefined) return undefined;
  const places = placeKinds.filter((kind) => given.has(kind));
  const [kind] = places;
  if (kind === undefined || places.length > 1) {
    return at.fail(
      '`release` takes one of `jsonpath`, `header` and `meta`: where the service says which build it is.',
    );
  }
  const name = given.read(kind, text);
  if (name === undefined) return undefined;
  const spec: ReleaseSpec = {
    path: given.read('path', text) ?? '/',
    place: { kind, name: kind === 'jsonpath' ? name : name.toLowerCase() },
    equals: given.read('equals', text),
    match: given.read('match', oneOf(['exact', 'prefix'])) ?? 'prefix',
    follow: defaults.follow,
    redactQuery: defaults.redactQuery ?? [],
    instances: given.read('instances', flag) ?? false,
  };
  return { queries: kind === 'jsonpath' ? [name] : [], bind: (scope) => bind(spec, scope) };
}

function bind(spec: ReleaseSpec, scope: Scope): Probe {
  const question = { ...spec, wanted: wantedCommit(spec, scope) };
  const rules = getRequest(spec.path, spec.follow);
  const request = bindRequest({ ...rules, redactQuery: spec.redactQuery }, scope);
  const sendPast = sendingPastCaches(rules);
  const ask = asking(question, request, (one, context) => {
    // A deploy wants the build, also in its look before; a smoke test what users get.
    const isDeploy = scope.build !== undefined || context.activatedAt !== undefined;
    return isDeploy ? sendPast(one, context) : askWeb(one, rules, context);
  });
  return {
    url: shownUrl(request.url, spec.redactQuery),
    host: request.url.hostname,
    repeatable: true,
    attempt: (context) => (spec.instances ? askEachMachine(ask, question, context) : ask(context, {})),
  };
}

function asking(question: BuildQuestion, request: ExchangeRequest, send: Send): Ask {
  return async (context, headers) => {
    const answer = await send({ ...request, headers: { ...request.headers, ...headers } }, context);
    if (answer.kind === 'unanswered') return answer;
    const before = inBetween({ ...answer, text: () => answer.body.text }, request, context);
    const interception = before.challenge ?? before.interception;
    const verdict =
      interception === undefined
        ? await context.judging(() => judgeBuild(question, answer, context))
        : { findings: [interception] };
    const seen = () => seenAnswer(answer, request.redactQuery ?? []);
    const kept = context.activatedAt === undefined ? keptAnswer(answer.headers) : undefined;
    const notes = [...answer.oddities, ...(kept === undefined ? [] : [`from a cache (${kept.said})`])];
    const judged = unlessKept(verdict, answer, context);
    return {
      ...answer,
      ...judged,
      ...(notes.length === 0 ? {} : { notes }),
      seen,
      read: () => ({ kind: 'missing' }),
    };
  };
}

type Send = (request: ExchangeRequest, context: AttemptContext) => Promise<WebAnswer | Unanswered>;

function sendingPastCaches(rules: RequestSpec): Send {
  let serial = 0;
  return async (request, context) => {
    const started = context.clock.monotonic();
    // An answer from a cache would prove the old build.
    const own = new CacheBuster(serialAt(context.clock, serial++));
    const past = pastByHeader(request);
    const answer = await askWeb({ ...past, url: own.addedTo(request.url) }, rules, context);
    if (answer.kind === 'unanswered') return answer;
    const timeoutMs = context.timeoutMs - (context.clock.monotonic() - started);
    if (!isOfQuery(answer, request.url, own) || timeoutMs < leastMs) return withoutQuery(answer, own);
    const connectTimeoutMs = Math.min(context.connectTimeoutMs, timeoutMs);
    return askWeb(past, rules, { ...context, timeoutMs, connectTimeoutMs });
  };
}

/** A cache that gave its old answer all the same has kept the question from the service. */
function unlessKept(verdict: Judged, answer: WebAnswer, context: AttemptContext): Judged {
  const said = keptBefore(answer, context);
  return said === undefined || verdict.findings === undefined
    ? verdict
    : { ...verdict, findings: asCached(verdict.findings, said) };
}

/** What to compare with; undefined when nobody knows, and the build is only reported. */
function wantedCommit({ equals, match }: ReleaseSpec, { build, fill }: Scope): string | undefined {
  if (build?.kind === 'unknown') return undefined;
  const wanted = (build?.commit ?? fill(equals ?? providedCommit)).trim();
  if (wanted === '') throw new BindProblem('`release` has no commit to compare with: `equals` is empty.');
  if (match === 'prefix' && !/^[0-9a-f]{7,64}$/i.test(wanted)) {
    throw new BindProblem(
      `\`release\` compares with ${JSON.stringify(wanted)}, which is not a commit of 7 or more hex digits. Set \`match: exact\` for other names.`,
    );
  }
  return wanted;
}
