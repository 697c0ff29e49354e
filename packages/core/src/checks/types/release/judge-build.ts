import { isGatewayStatus } from '../../exchange/exchange-error.ts';
import { headerOf, valuesOf } from '../../exchange/message.ts';
import { ResourceLimit } from '../../judge/resource-limit.ts';
import type { Reading } from '../../judge/values.ts';
import type { AttemptContext, Finding } from '../check-type.ts';
import { compareCommits } from '../commits.ts';
import type { WebAnswer } from '../http-answer.ts';
import type { Comparing } from './builds.ts';
import { areOneBuild, nameAny, namesOf } from './builds.ts';
import { metaContents } from './meta.ts';

export const placeKinds = ['jsonpath', 'header', 'meta'] as const;

/** What is asked of each answer. */
export interface BuildQuestion extends Comparing {
  readonly path: string;
  /** Where an answer names its build. */
  readonly place: { readonly kind: (typeof placeKinds)[number]; readonly name: string };
}

/** What an answer says of its build. */
export interface Judged {
  readonly release?: string;
  readonly findings?: readonly Finding[];
}

/** Holds the build that an answer names against the wanted one. */
export async function judgeBuild(
  question: BuildQuestion,
  answer: WebAnswer,
  context: AttemptContext,
): Promise<Judged> {
  const { wanted, match, place, path } = question;
  const expected =
    wanted === undefined ? 'names a build' : `${match === 'exact' ? 'equals' : 'is commit'} ${wanted}`;
  const readFrom = `release at ${path}, ${place.kind} ${place.name}`;
  const object = (
    failureClass: Finding['failureClass'],
    actual: string,
    endsAs: Finding['endsAs'] = 'fail',
  ) => ({
    findings: [{ failureClass, failure: { read: readFrom, expected, actual }, endsAs }],
  });
  if (answer.status < 200 || answer.status > 299) {
    return object(isGatewayStatus(answer.status) ? 'gateway' : 'assertion', `status ${answer.status}`);
  }
  const reading = await reportedBuilds(question, answer, context);
  if (reading.kind === 'unreadable')
    return object('assertion', isPage(answer) ? `an HTML page. ${fallbackHint}` : reading.actual);
  if (reading.kind === 'invalid') return object('definition', reading.why, 'error');
  const names = namesIn(reading);
  if (nameAny(names, question) && !areOneBuild(names, question))
    return object('stale-release', `builds that differ: ${namesOf(names)}${cacheNote(answer)}`);
  const compared = compareCommits(names[0], wanted, match);
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
      return object('assertion', `${compared.why}. ${hint}`);
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

/** All that the answer names; the several values of a header may stand in one line, and no commit has a comma. */
async function reportedBuilds(
  { place, match }: BuildQuestion,
  answer: WebAnswer,
  context: AttemptContext,
): Promise<Reading> {
  switch (place.kind) {
    case 'jsonpath':
      try {
        return answer.body.query(place.name, context);
      } catch (error) {
        if (!(error instanceof ResourceLimit)) throw error;
        return { kind: 'unreadable', actual: error.message };
      }
    case 'header': {
      const lines = valuesOf(answer.headers, place.name);
      return several(match === 'exact' ? lines : lines.flatMap(namesInLine));
    }
    case 'meta':
      return several(await metaContents(answer.body.text, place.name));
  }
}

/** An empty place in a list is none of it; a line that is empty names nothing. */
function namesInLine(line: string): readonly string[] {
  const names = line.split(',').filter((name) => name.trim() !== '');
  return names.length === 0 ? [''] : names;
}

function several(nodes: readonly string[]): Reading {
  return nodes.length === 0 ? { kind: 'missing' } : { kind: 'found', value: nodes, nodes };
}

/** All that were found, in order. */
function namesIn(reading: Reading): readonly unknown[] {
  if (reading.kind !== 'found') return [];
  return reading.nodes ?? [reading.value];
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
