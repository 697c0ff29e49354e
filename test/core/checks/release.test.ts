import { afterEach, describe, expect, it } from 'vitest';
import type { InstanceHealth } from '../../../packages/core/src/platforms/platform.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const wanted = 'abcdef1234567890abcdef1234567890abcdef12';
const old = '0123456789abcdef0123456789abcdef01234567';

interface Told {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a release check of `place` makes of one answer. */
async function judged(place: string, { body = '', headers = {} }: Told, sha = wanted) {
  const url = await serve((_, response) => response.writeHead(200, headers).end(body));
  const report = await check(`target: ${url}\nrelease: { ${place} }`, { variables: { sha } });
  const attempt = report.results[0]?.attempts[0];
  return {
    outcome: report.outcome,
    release: report.release,
    class: attempt?.failureClass,
    actual: attempt?.failures[0]?.actual,
  };
}

const same = { outcome: 'pass', release: wanted, class: undefined, actual: undefined };
const page = (head: string) => `<!doctype html><html><head>${head}</head><body>`;
const hint =
  'Write the commit into the build (GIT_SHA as a build argument) and answer it here, as {"commit":"…"}, a header or a meta tag';

describe('a release check', () => {
  it('stands for each further origin among the checks, and is asked before them', async () => {
    const asked: string[] = [];
    const serving = (name: string, commit: string) =>
      serve((_, response) => {
        asked.push(name);
        response.end(JSON.stringify({ commit }));
      });
    const [api, web] = [await serving('api', wanted), await serving('web', old)];
    const text = `target: ${api}
release: { path: /, jsonpath: $.commit }
checks:
  - { name: home, http: /, expect: { status: 200 }, retry: { until: 0s } }
  - { name: web, release: { path: "${web}/", jsonpath: $.commit }, retry: { until: 0s } }`;
    const report = await check(text, { variables: { sha: wanted } });
    expect(report.results.map(({ name, type, reason }) => [name, type, reason])).toEqual([
      ['release', 'release', 'verified'],
      ['home', 'http', 'verified'],
      ['web', 'release', 'checks-failed'],
    ]);
    expect(report.results.at(-1)?.attempts[0]?.failureClass).toBe('stale-release');
    expect(asked.indexOf('web')).toBeLessThan(asked.lastIndexOf('api'));
  });

  it.each<[string, string, Told]>([
    [
      'a meta tag',
      'meta: commit',
      { body: page(`<META NAME=Commit content="${wanted}"><meta name=commits content=no>`) },
    ],
    ['a header', 'header: X-Release', { headers: { 'x-release': wanted } }],
    [
      'a JSON endpoint',
      'path: /version.json, jsonpath: $.commit',
      { body: JSON.stringify({ commit: wanted }) },
    ],
  ])('reads the build from %s', async (_, place, told) => {
    expect(await judged(place, told)).toEqual(same);
  });

  it.each<[string, unknown, string]>([
    ['short in the answer', 'abcdef1', wanted],
    ['short in what is wanted', wanted, 'abcdef12'],
    ['in upper case', 'ABCDEF1234', wanted],
    ['with spaces around it', `  ${wanted}\n`, wanted],
    ['as the tag of an image', 'sha-abcdef1', wanted],
    ['as a JSON number', 1234567, '1234567890abcdef1234567890abcdef12345678'],
  ])('knows the commit %s', async (_, commit, sha) => {
    const { outcome } = await judged('jsonpath: $.commit', { body: JSON.stringify({ commit }) }, sha);
    expect(outcome).toBe('pass');
  });

  it.each<[string, string, Told, string, string, string]>([
    [
      'another commit',
      'meta: commit',
      { body: page(`<meta name=commit content=${old}>`) },
      'fail',
      'stale-release',
      old,
    ],
    [
      'another commit that a cache gave',
      'header: x-release',
      { headers: { 'x-release': old, age: '93', 'x-cache': 'HIT' } },
      'fail',
      'stale-release',
      `${old} (age: 93, x-cache: HIT: a cache may have answered)`,
    ],
    [
      'a page without the tag',
      'meta: commit',
      { body: page('') },
      'fail',
      'assertion',
      `no commit is there. ${hint}`,
    ],
    [
      'an empty tag',
      'meta: commit',
      { body: page('<meta name=commit content="">') },
      'fail',
      'assertion',
      `"" is not a commit. ${hint}`,
    ],
    [
      'a placeholder',
      'jsonpath: $.commit',
      { body: '{"commit":"unknown"}' },
      'fail',
      'assertion',
      `"unknown" is not a commit. ${hint}`,
    ],
    [
      'a version',
      'jsonpath: $.commit',
      { body: '{"commit":"v1.2.3"}' },
      'fail',
      'assertion',
      `"v1.2.3" is not a commit: compare other names with \`equals\` and \`match: exact\`. ${hint}`,
    ],
    [
      'the page of an app in place of JSON',
      'jsonpath: $.commit',
      { body: page('') },
      'fail',
      'assertion',
      'an HTML page. Nothing answers this path but the app’s own page: correct `path`, or put the file where the server looks',
    ],
  ])('refuses %s, and says why', async (_, place, told, outcome, failureClass, actual) => {
    expect(await judged(place, told)).toMatchObject({ outcome, class: failureClass, actual });
  });

  it('never passes while old and new alternate', async () => {
    let count = 0;
    const url = await serve((_, response) =>
      response.end(JSON.stringify({ commit: count++ % 2 === 0 ? old : wanted })),
    );
    const text = `target: ${url}\nrelease: { jsonpath: $.commit }\nwindow: { successes: 2, interval: 1s }\ndefaults: { retry: { until: 30s, interval: 1s } }`;
    const report = await check(text, { variables: { sha: wanted }, clock: manualClock() });
    expect(report.outcome).not.toBe('pass');
    expect(count).toBeGreaterThan(5);
  });

  it('asks past caches in a deploy: never twice for the same address', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.end(JSON.stringify({ commit: wanted }));
    });
    const text = `target: ${url}\nrelease: { jsonpath: $.commit }\nwindow: { successes: 3, interval: 1s }`;
    await check(text, { release: { commit: wanted }, clock: manualClock() });
    expect([asked.length, new Set(asked).size]).toEqual([3, 3]);
  });

  describe('with `instances`', () => {
    const instance = (id: string, more: Partial<InstanceHealth> = {}): InstanceHealth => ({
      instance: id,
      healthy: true,
      note: 'started',
      ...more,
    });

    /** Two machines behind one name, each with its build. */
    async function fleet(
      builds: Readonly<Record<string, string | readonly string[]>>,
      evidence: readonly InstanceHealth[],
      { query = '$.commit', ...more }: { readonly query?: string; readonly release?: object } = {},
    ) {
      const url = await serve((request, response) => {
        const commit = builds[String(request.headers['fly-force-instance-id'])];
        response.writeHead(commit === undefined ? 502 : 200).end(JSON.stringify({ commit }));
      });
      const text = `target: ${url}\nrelease: { jsonpath: "${query}", instances: true }`;
      const options = { variables: { sha: wanted }, platformHealth: async () => evidence, ...more };
      const report = await check(text, options);
      const attempt = report.results[0]?.attempts[0];
      return {
        outcome: report.outcome,
        class: attempt?.failureClass,
        failures: attempt?.failures.map(({ read, actual }) => `${read}: ${actual}`),
      };
    }

    it('asks each machine that is started and takes requests', async () => {
      const evidence = [
        ...[instance('m1'), instance('m2')],
        ...[instance('asleep', { atRest: true }), instance('worker', { takesRequests: false })],
      ];
      expect(await fleet({ m1: wanted, m2: wanted }, evidence)).toEqual({
        outcome: 'pass',
        class: undefined,
        failures: [],
      });
    });

    it.each<[string, string, string]>([
      ['is on the old build', old, `machine m2: release at /, jsonpath $.commit: ${old}`],
      ['names none', 'dev', `machine m2: release at /, jsonpath $.commit: "dev" is not a commit. ${hint}`],
    ])('names the machine that %s', async (_, commit, failure) => {
      const judged = await fleet({ m1: wanted, m2: commit }, [instance('m1'), instance('m2')]);
      expect([judged.outcome === 'pass', judged.failures]).toEqual([false, [failure]]);
    });

    it.each<[string, string, string | undefined, readonly string[]]>([
      ['differ', old, 'stale-release', [`machines: builds that differ: ${wanted}, ${old}`]],
      ['are the same, one of them short', 'abcdef1', undefined, []],
    ])(
      'whose builds %s, where nobody knows which it should be',
      async (_, commit, failureClass, failures) => {
        const evidence = [instance('m1'), instance('m2')];
        const judged = await fleet({ m1: wanted, m2: commit }, evidence, { release: {} });
        expect([judged.class, judged.failures]).toEqual([failureClass, failures]);
      },
    );

    it('names a machine that names two builds, on a lost host too', async () => {
      const builds = { m1: [wanted], m2: [wanted, old] };
      const failures = [
        `machine m2: release at /, jsonpath $.commit[*]: builds that differ: ${wanted}, ${old}`,
      ];
      for (const more of [{}, { healthy: 'unknown' as const, outOfSight: true as const }])
        expect(
          await fleet(builds, [instance('m1'), instance('m2', more)], { query: '$.commit[*]' }),
        ).toMatchObject({ outcome: 'fail', failures });
    });

    it('fails where no machine takes requests', async () => {
      expect((await fleet({}, [])).failures).toEqual(['machines: none']);
    });

    it.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
      ['gives no answer: that is not the release’s fault', { m1: wanted }, 'pass', []],
      ['answers with the wanted build', { m1: wanted, m2: wanted }, 'pass', []],
      [
        'answers with the old build, which decides',
        { m1: wanted, m2: old },
        'fail',
        [`machine m2: release at /, jsonpath $.commit: ${old}`],
      ],
    ])('asks a machine on a lost host, which %s', async (_, builds, outcome, failures) => {
      const evidence = [instance('m1'), instance('m2', { healthy: 'unknown', outOfSight: true })];
      expect(await fleet(builds, evidence)).toMatchObject({ outcome, failures });
    });

    it('knows nothing where every machine is on a lost host', async () => {
      const evidence = [instance('m1', { healthy: 'unknown', outOfSight: true })];
      expect(await fleet({ m1: wanted }, evidence)).toMatchObject({
        outcome: 'inconclusive',
        failures: ['machines: no host answers'],
      });
    });

    it('ends in error when there is nobody to list them', async () => {
      const url = await serve((_, response) => response.end());
      const text = `target: ${url}\nrelease: { jsonpath: $.commit, instances: true }`;
      const report = await check(text, { variables: { sha: wanted } });
      expect([report.outcome, report.results[0]?.attempts[0]?.failures[0]?.actual]).toEqual([
        'error',
        'nobody to ask: pass `fly-token` and `fly-app`',
      ]);
    });
  });
});
