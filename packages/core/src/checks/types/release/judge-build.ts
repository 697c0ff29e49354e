import { headerOf } from '../../exchange/exchange.ts';
import { isGatewayStatus } from '../../exchange/trouble.ts';
import { ResourceLimit } from '../../judge/resource-limit.ts';
import type { Reading } from '../../judge/values.ts';
import type { AttemptContext, Objection } from '../check-type.ts';
import { compareCommits } from '../commits.ts';
import type { WebAnswer } from '../http-answer.ts';
import { metaContent } from './meta.ts';

export const placeKinds = ['jsonpath', 'header', 'meta'] as const;

/** What is asked of each answer. */
export interface Question {
  readonly path: string;
  /** Where an answer names its build. */
  readonly place: { readonly kind: (typeof placeKinds)[number]; readonly name: string };
  /** Undefined when nobody knows what to compare with, and the build is only reported. */
  readonly wanted: string | undefined;
  readonly match: 'exact' | 'prefix';
}

/** What an answer says of its build. */
export interface Judged {
  readonly release?: string;
  readonly objections?: readonly Objection[];
}

/** Holds the build that an answer names against the wanted one. */
export async function judgeBuild(
  question: Question,
  answer: WebAnswer,
  context: AttemptContext,
): Promise<Judged> {
  const { wanted, match, place, path } = question;
  const expected =
    wanted === undefined ? 'names a build' : `${match === 'exact' ? 'equals' : 'is commit'} ${wanted}`;
  const readFrom = `release at ${path}, ${place.kind} ${place.name}`;
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
  const reading = await reportedBuild(place, answer, context);
  if (reading.kind === 'unreadable')
    return object('assertion', isPage(answer) ? `an HTML page. ${fallbackHint}` : reading.actual);
  if (reading.kind === 'invalid') return object('definition', reading.why, 'error');
  const compared = compareCommits(reading.kind === 'found' ? reading.value : undefined, wanted, match);
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
  place: Question['place'],
  answer: WebAnswer,
  context: AttemptContext,
): Promise<Reading> {
  if (place.kind === 'jsonpath') {
    try {
      return answer.body.query(place.name, context);
    } catch (error) {
      if (!(error instanceof ResourceLimit)) throw error;
      return { kind: 'unreadable', actual: error.message };
    }
  }
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
