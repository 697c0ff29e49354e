import type { ExchangeRequest } from '../exchange/exchange.ts';
import { shownUrl } from '../exchange/exchange.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, oneOf, text } from '../parse/scalars.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Observation,
  Probe,
  Scope,
  TypeDefaults,
} from './check-type.ts';
import { BindProblem } from './check-type.ts';
import { wallOf } from './deployment-protection.ts';
import { askWeb } from './http-answer.ts';
import { bindRequest } from './http-bind.ts';
import type { RequestSpec } from './http-request.ts';
import { getRequest } from './http-request.ts';
import { askEachMachine } from './release/each-machine.ts';
import type { Question } from './release/judge-build.ts';
import { judgeBuild, placeKinds } from './release/judge-build.ts';

/** The served build equals the wanted commit: a health check alone also passes against the old build. */
export const releaseCheck: CheckType = {
  name: 'release',
  sources: {},
  assertsItself: true,
  read,
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the check language
const providedCommit = '${sha}';

interface ReleaseSpec extends Omit<Question, 'wanted'> {
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
  const request = bindRequest(
    { ...rules, headers: { 'cache-control': 'no-cache' }, redactQuery: spec.redactQuery },
    scope,
  );
  const ask = asking(question, request, rules);
  return {
    url: shownUrl(request.url, spec.redactQuery),
    host: request.url.hostname,
    repeatable: true,
    attempt: (context) => (spec.instances ? askEachMachine(ask, context) : ask(context, {})),
  };
}

/** One request for the build, with headers of its own. */
export type Ask = (
  context: AttemptContext,
  headers: Readonly<Record<string, string>>,
) => Promise<Observation>;

function asking(question: Question, request: ExchangeRequest, rules: RequestSpec): Ask {
  let serial = 0;
  return async (context, headers) => {
    const url = new URL(request.url);
    // A value no cache has seen: an answer from one would prove the old build.
    url.searchParams.set('belay', `${Math.trunc(context.clock.now()).toString(36)}-${serial++}`);
    const sent = { ...request, url, headers: { ...request.headers, ...headers } };
    const answer = await askWeb(sent, rules, context);
    if (answer.kind === 'unanswered') return answer;
    const { wall } = wallOf({ ...answer, text: () => answer.body.text }, request);
    const verdict =
      wall === undefined
        ? await context.judging(() => judgeBuild(question, answer, context))
        : { objections: [wall] };
    return { ...answer, ...verdict, read: () => ({ kind: 'missing' }) };
  };
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
