import { headerOf, shownUrl } from '../exchange/exchange.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { oneOf, text } from '../parse/scalars.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Objection,
  Observation,
  Scope,
  TypeDefaults,
} from './check-type.ts';
import { BindProblem } from './check-type.ts';
import { compareCommits } from './commits.ts';
import { wallOf } from './deployment-protection.ts';
import type { WebAnswer } from './http-answer.ts';
import { askWeb } from './http-answer.ts';
import { bindRequest } from './http-bind.ts';
import { getRequest } from './http-request.ts';

/** The served build equals the wanted commit: a health check alone also passes against the old build. */
export const releaseCheck: CheckType = {
  name: 'release',
  sources: {},
  assertsItself: true,
  read,
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the check language
const providedCommit = '${sha}';

interface ReleaseSpec {
  readonly path: string;
  readonly place: { readonly kind: 'jsonpath' | 'header'; readonly name: string };
  /** A template; the provided `sha` when absent. */
  readonly equals: string | undefined;
  readonly match: 'exact' | 'prefix';
  readonly follow: boolean;
  readonly redactQuery: readonly string[];
}

function read(at: Cursor, defaults: TypeDefaults): Blueprint | undefined {
  const keys = ['path', 'jsonpath', 'header', 'equals', 'match'];
  const given = fields(at, { what: '`release`', keys, vocabulary: 'release' });
  if (given === undefined) return undefined;
  const jsonpath = given.read('jsonpath', text);
  const header = given.read('header', text);
  if (given.has('jsonpath') === given.has('header')) {
    return at.fail(
      '`release` takes one of `jsonpath` and `header`: where the service says which build it is.',
    );
  }
  const spec: ReleaseSpec = {
    path: given.read('path', text) ?? '/',
    place:
      header === undefined
        ? { kind: 'jsonpath', name: jsonpath ?? '' }
        : { kind: 'header', name: header.toLowerCase() },
    equals: given.read('equals', text),
    match: given.read('match', oneOf(['exact', 'prefix'])) ?? 'prefix',
    follow: defaults.follow,
    redactQuery: defaults.redactQuery ?? [],
  };
  return { queries: jsonpath === undefined ? [] : [jsonpath], bind: (scope) => bind(spec, scope) };
}

function bind(spec: ReleaseSpec, scope: Scope) {
  const wanted = wantedCommit(spec, scope);
  const request = getRequest(spec.path, spec.follow);
  const bound = bindRequest(
    { ...request, headers: { 'cache-control': 'no-cache' }, redactQuery: spec.redactQuery },
    scope,
  );
  let serial = 0;
  return {
    url: shownUrl(bound.url, spec.redactQuery),
    host: bound.url.hostname,
    repeatable: true,
    async attempt(context: AttemptContext): Promise<Observation> {
      const url = new URL(bound.url);
      // A value no cache has seen: an answer from one would prove the old build.
      url.searchParams.set('belay', `${Math.trunc(context.clock.now()).toString(36)}-${serial++}`);
      const answer = await askWeb({ ...bound, url }, request, context);
      if (answer.kind === 'unanswered') return answer;
      const { wall } = wallOf(answer, bound);
      const verdict = wall === undefined ? judged(spec, wanted, answer, context) : { objections: [wall] };
      return { ...answer, ...verdict, read: () => ({ kind: 'missing' }) };
    },
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

type Judged = { readonly release?: string; readonly objections?: readonly Objection[] };

function judged(
  spec: ReleaseSpec,
  wanted: string | undefined,
  answer: WebAnswer,
  context: AttemptContext,
): Judged {
  const expected =
    wanted === undefined ? 'names a build' : `${spec.match === 'exact' ? 'equals' : 'is commit'} ${wanted}`;
  const readFrom = `release at ${spec.path}, ${spec.place.kind} ${spec.place.name}`;
  const object = (
    failureClass: Objection['failureClass'],
    actual: string,
    endsAs: Objection['endsAs'] = 'fail',
  ) => ({
    objections: [{ failureClass, failure: { read: readFrom, expected, actual }, endsAs }],
  });
  if (answer.status < 200 || answer.status > 299) {
    return object(isGatewayStatus(answer.status) ? 'gateway' : 'assertion', `status ${answer.status}`);
  }
  const reading = reportedBuild(spec, answer, context);
  if (reading.kind === 'unreadable') return object('assertion', reading.actual);
  if (reading.kind === 'invalid') return object('definition', reading.why, 'error');
  const compared = compareCommits(reading.kind === 'found' ? reading.value : undefined, wanted, spec.match);
  switch (compared.kind) {
    case 'same':
      return { release: compared.reported };
    case 'other':
      return {
        release: compared.reported,
        ...object('stale-release', `${compared.reported}${cacheNote(answer)}`),
      };
    case 'none':
      // The old build may lack it too, so it is worth waiting for; but a release that cannot say which it is proves nothing.
      return object('assertion', `${compared.why}. ${hint}`, 'error');
  }
}

const hint =
  'Write the commit into the build (GIT_SHA as a build argument) and answer it here, as {"commit":"…"} or a header';

function reportedBuild({ place }: ReleaseSpec, answer: WebAnswer, context: AttemptContext): Reading {
  if (place.kind === 'jsonpath') return answer.body.query(place.name, context);
  const value = headerOf(answer.headers, place.name);
  return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}

/** A stale answer that a cache gave is the cache's doing: its own headers say so. */
function cacheNote(answer: WebAnswer): string {
  const said = ['age', 'x-cache', 'cf-cache-status', 'x-vercel-cache']
    .map((name) => [name, headerOf(answer.headers, name)] as const)
    .filter(([, value]) => value !== undefined);
  return said.length === 0
    ? ''
    : ` (${said.map(([name, value]) => `${name}: ${value}`).join(', ')}: a cache may have answered)`;
}
