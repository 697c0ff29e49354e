import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const wanted = 'abcdef1234567890abcdef1234567890abcdef12';
const short = 'abcdef1';
const old = '0123456789abcdef0123456789abcdef01234567';

interface Told {
  readonly body?: string;
  readonly headers?: readonly string[];
}

/** What a release check of `place` makes of one answer; `unknown` where nobody knows the commit. */
async function judged(
  place: string,
  { body = '', headers = [] }: Told,
  build: 'known' | 'unknown' = 'known',
) {
  const url = await serve((_, response) => response.writeHead(200, [...headers]).end(body));
  const report = await check(`target: ${url}\nrelease: { ${place} }`, {
    variables: { sha: wanted },
    ...(build === 'unknown' ? { release: {} } : {}),
  });
  const attempt = report.results[0]?.attempts[0];
  return attempt?.outcome === 'pass' ? 'pass' : [attempt?.failureClass, attempt?.failures[0]?.actual];
}

const meta = (...commits: readonly string[]) =>
  commits.map((commit) => `<meta name="commit" content="${commit}">`).join('');
const lines = (...commits: readonly string[]) => commits.flatMap((commit) => ['x-commit', commit]);
const differ = ['stale-release', `builds that differ: ${wanted}, ${old}`];

const values: readonly (readonly [string, string, Told, unknown])[] = [
  ['two meta tags', 'meta: commit', { body: meta(wanted, old) }, differ],
  ['two lines of a header', 'header: x-commit', { headers: lines(wanted, old) }, differ],
  ['one line of a header', 'header: x-commit', { headers: lines(`${wanted}, ${old}`) }, differ],
  [
    'two nodes of a query',
    'jsonpath: "$..commit"',
    { body: JSON.stringify([{ commit: wanted }, { commit: old }]) },
    differ,
  ],
];

describe('two builds in one answer', () => {
  it.each(values)('fail where they differ: %s', async (_, place, told, verdict) => {
    expect(await judged(place, told)).toEqual(verdict);
    expect(await judged(place, told, 'unknown')).toEqual(verdict);
  });

  it.each<[string, string, Told]>([
    ['the same, twice', 'meta: commit', { body: meta(wanted, wanted.toUpperCase()) }],
    ['the same, short', 'header: x-commit', { headers: lines(short, wanted) }],
    [
      'nodes that agree',
      'jsonpath: "$[*].commit"',
      { body: JSON.stringify([{ commit: wanted }, { commit: short }]) },
    ],
    ['an empty place in a list', 'header: x-commit', { headers: lines(`${wanted}, ,`) }],
  ])('are one where they name the same: %s', async (_, place, told) => {
    expect([await judged(place, told), await judged(place, told, 'unknown')]).toEqual(['pass', 'pass']);
  });

  it.each<[string, string, Told, string]>([
    ['a placeholder', 'meta: commit', { body: meta('unknown', wanted) }, `unknown, ${wanted}`],
    ['a placeholder behind it', 'meta: commit', { body: meta(wanted, 'dev') }, `${wanted}, dev`],
    ['no content', 'meta: commit', { body: `${meta(wanted)}<meta name="commit">` }, `${wanted}, ""`],
    ['an empty line', 'header: x-commit', { headers: lines(wanted, '') }, `${wanted}, ""`],
    ['a word in one line', 'header: x-commit', { headers: lines(`${wanted}, null`) }, `${wanted}, null`],
    [
      'null',
      'jsonpath: "$[*].commit"',
      { body: JSON.stringify([{ commit: wanted }, { commit: null }]) },
      `${wanted}, null`,
    ],
    [
      'an object',
      'jsonpath: "$..commit"',
      { body: JSON.stringify([{ commit: wanted }, { commit: { id: wanted.slice(1) } }]) },
      `${wanted}, {"id":"${wanted.slice(1)}"}`,
    ],
    [
      'a digit too many for a number',
      'jsonpath: "$..commit"',
      { body: `[{"commit":"${wanted}"},{"commit":1.5}]` },
      `${wanted}, 1.5`,
    ],
  ])('fail where one names none: %s', async (_, place, told, names) => {
    const verdict = ['stale-release', `builds that differ: ${names}`];
    expect([await judged(place, told), await judged(place, told, 'unknown')]).toEqual([verdict, verdict]);
  });

  it('fail where one has another form than a commit, and a commit is wanted', async () => {
    const told = { body: meta(wanted, 'v41-old') };
    const verdict = ['stale-release', `builds that differ: ${wanted}, v41-old`];
    expect([await judged('meta: commit', told), await judged('meta: commit', told, 'unknown')]).toEqual([
      verdict,
      verdict,
    ]);
  });

  it('that are none, all of them, are asked for', async () => {
    const [failureClass, actual] = await judged('meta: commit', { body: meta('unknown', 'dev') });
    expect([failureClass, actual]).toEqual([
      'assertion',
      expect.stringMatching(/^"unknown" is not a commit\. /),
    ]);
  });

  it('by another name go by it as a whole', async () => {
    const place = 'header: x-commit, match: exact, equals: "v1, v2"';
    expect(await judged(place, { headers: lines('v1, v2') })).toBe('pass');
    expect(await judged(place, { headers: lines('v1, v2', 'v3') })).toEqual([
      'stale-release',
      'builds that differ: v1, v2, v3',
    ]);
  });
});

describe('a meta tag in a template is none of the page', () => {
  it.each<[string, string]>([
    ['before it', `<template>${meta(old)}</template>${meta(wanted)}`],
    ['around another', `<template><template></template>${meta(old)}</template>${meta(wanted)}`],
    ['that closes itself, which it cannot', `${meta(wanted)}<template/>${meta(old)}`],
    ['that is only closed', `</template>${meta(wanted)}`],
    ['in a comment', `<!-- <template> -->${meta(wanted)}`],
  ])('%s', async (_, body) => {
    expect(await judged('meta: commit', { body })).toBe('pass');
  });

  it('and the page names no build where only that does', async () => {
    const [, actual] = await judged('meta: commit', { body: `<template>${meta(wanted)}</template>` });
    expect(actual).toMatch(/^no commit is there/);
  });
});
