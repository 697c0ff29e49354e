import { headerOf } from '../exchange/exchange.ts';
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
import type { WebAnswer } from './http-answer.ts';
import { askWeb } from './http-answer.ts';
import { bindRequest } from './http-bind.ts';
import { getRequest } from './http-request.ts';
import { metaContent } from './release/meta.ts';

/** The served build equals the wanted commit: a health check alone also passes against the old build. */
export const releaseCheck: CheckType = {
  name: 'release',
  sources: {},
  assertsItself: true,
  read,
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the check language
const providedCommit = '${sha}';

const placeKinds = ['jsonpath', 'header', 'meta'] as const;

interface ReleaseSpec {
  readonly path: string;
  readonly place: { readonly kind: (typeof placeKinds)[number]; readonly name: string };
  /** A template; the provided `sha` when absent. */
  readonly equals: string | undefined;
  readonly match: 'exact' | 'prefix';
  readonly follow: boolean;
}

function read(at: Cursor, defaults: TypeDefaults): Blueprint | undefined {
  const keys = ['path', 'jsonpath', 'header', 'meta', 'equals', 'match'];
  const given = fields(at, { what: '`release`', keys, vocabulary: 'release' });
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
  };
  return { queries: kind === 'jsonpath' ? [name] : [], bind: (scope) => bind(spec, scope) };
}

function bind(spec: ReleaseSpec, scope: Scope) {
  const wanted = wantedCommit(spec, scope);
  const request = getRequest(spec.path, spec.follow);
  const bound = bindRequest({ ...request, headers: { 'cache-control': 'no-cache' } }, scope);
  let serial = 0;
  return {
    url: bound.url.href,
    host: bound.url.hostname,
    repeatable: true,
    async attempt(context: AttemptContext): Promise<Observation> {
      const url = new URL(bound.url);
      // A value no cache has seen: an answer from one would prove the old build.
      url.searchParams.set('belay', `${Math.trunc(context.clock.now()).toString(36)}-${serial++}`);
      const answer = await askWeb({ ...bound, url }, request, context);
      if (answer.kind === 'unanswered') return answer;
      return {
        ...answer,
        ...(await judged(spec, wanted, answer, context)),
        read: () => ({ kind: 'missing' }),
      };
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

async function judged(
  spec: ReleaseSpec,
  wanted: string | undefined,
  answer: WebAnswer,
  context: AttemptContext,
): Promise<Judged> {
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
  const reading = await reportedBuild(spec, answer, context);
  if (reading.kind === 'unreadable')
    return object('assertion', isPage(answer) ? `an HTML page. ${fallbackHint}` : reading.actual);
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
  'Write the commit into the build (GIT_SHA as a build argument) and answer it here, as {"commit":"…"}, a header or a meta tag';

/** The page of a single-page app is what its server answers for every path it does not know. */
function isPage(answer: WebAnswer): boolean {
  return /^\s*<(!doctype\s+html|html)[\s>]/i.test(answer.body.text);
}

const fallbackHint =
  'Nothing answers this path but the app’s own page: correct `path`, or put the file where the server looks';

async function reportedBuild(
  { place }: ReleaseSpec,
  answer: WebAnswer,
  context: AttemptContext,
): Promise<Reading> {
  if (place.kind === 'jsonpath') return answer.body.query(place.name, context);
  const value =
    place.kind === 'header'
      ? headerOf(answer.headers, place.name)
      : await metaContent(answer.body.text, place.name);
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
