// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers, page, refusingUrl, serve } from './loopback.ts';

afterEach(closeServers);

/** A server whose n-th answer is the n-th status; the last one stays. */
function statuses(...list: number[]): Promise<string> {
  let count = 0;
  return serve((_, response) => {
    response.writeHead(list[Math.min(count++, list.length - 1)] ?? 200).end();
  });
}

/** A server that reports the n-th build on its n-th answer. */
function builds(...list: string[]): Promise<string> {
  let count = 0;
  return serve((_, response) => {
    response.end(JSON.stringify({ commit: list[Math.min(count++, list.length - 1)] }));
  });
}

const until = (time: string) => `    retry: { until: ${time}, interval: 2s, backoff: 1.5, jitter: 0% }\n`;

describe('settling', () => {
  it('retries with growing pauses until the first success', async () => {
    const clock = manualClock();
    const report = await check(page(await statuses(503, 503, 500, 200), '{ status: 200 }', until('90s')), {
      clock,
    });
    expect([report.outcome, report.results[0]?.attemptCount, clock.pauses]).toEqual([
      'pass',
      4,
      [2000, 3000, 4500],
    ]);
  });

  it('does not begin a pause that would cross the deadline', async () => {
    const clock = manualClock();
    const report = await check(page(await statuses(500), '{ status: 200 }', until('6s')), { clock });
    expect([report.outcome, report.reason, clock.pauses]).toEqual(['fail', 'checks-failed', [2000, 3000]]);
  });

  it('keeps the first attempt, the last, and each change of failure', async () => {
    const url = await statuses(503, 503, 500, 500, 500);
    const report = await check(page(url, '{ status: 200 }', until('60s')), { clock: manualClock() });
    const kept = report.results[0]?.attempts.map(({ number, status }) => [number, status]);
    expect([kept, report.results[0]?.attemptCount]).toEqual([
      [
        [1, 503],
        [3, 500],
        [8, 500],
      ],
      8,
    ]);
  });

  it('waits as long as Retry-After says', async () => {
    let count = 0;
    const url = await serve((_, response) =>
      count++ === 0 ? response.writeHead(503, { 'retry-after': '20' }).end() : response.end(),
    );
    const clock = manualClock();
    await check(page(url, '{ status: 200 }', until('90s')), { clock });
    expect(clock.pauses).toEqual([20_000]);
  });

  it('leaves room for a last attempt when Retry-After lies beyond the deadline', async () => {
    let count = 0;
    const url = await serve((_, response) =>
      count++ === 0 ? response.writeHead(503, { 'retry-after': '3600' }).end() : response.end(),
    );
    const clock = manualClock();
    const report = await check(page(url, '{ status: 200 }', until('60s')), { clock });
    expect([report.outcome, clock.pauses]).toEqual(['pass', [55_000]]);
  });

  it('sends a POST once', async () => {
    const url = await statuses(500, 200);
    const text = `- name: page\n  http: { method: POST, url: "${url}", json: { a: 1 } }\n  retry: { until: 60s }\n  expect: { status: 200 }`;
    const report = await check(text, { clock: manualClock() });
    expect([report.outcome, report.results[0]?.attemptCount]).toEqual(['fail', 1]);
  });
});

describe('the window', () => {
  const release = (url: string) =>
    `target: ${url}\nrelease: { path: /version.json, jsonpath: $.commit }\nwindow: { successes: 3, interval: 5s }\ndefaults: { retry: { until: 60s, interval: 1s, jitter: 0% } }\n`;
  const [old, wanted] = ['01d01d0000000', 'abcdef1234567'];

  it('wants the new build three times in a row, and starts again when the old one answers', async () => {
    const clock = manualClock();
    const url = await builds(old, wanted, old, wanted, wanted, wanted);
    const report = await check(release(url), { clock, variables: { sha: 'ABCDEF1' } });
    expect(report).toMatchObject({
      outcome: 'pass',
      release: wanted,
      successes: { reached: 3, wanted: 3 },
      results: [{ name: 'release', attemptCount: 6 }],
    });
    expect(clock.pauses).toEqual([1000, 5000, 1000, 5000, 5000]);
  });

  it('fails on the old build with the class of its own', async () => {
    const report = await check(release(await builds(old)), {
      clock: manualClock(),
      variables: { sha: wanted },
    });
    expect(report.results[0]?.attempts.at(-1)).toMatchObject({
      failureClass: 'stale-release',
      failures: [
        { read: 'release at /version.json, jsonpath $.commit', expected: `is commit ${wanted}`, actual: old },
      ],
    });
    expect([report.outcome, report.release]).toEqual(['fail', old]);
  });

  it('is inconclusive when the last rounds were good but too few', async () => {
    const list = [...Array<string>(50).fill(old), wanted];
    const url = await builds(...list);
    const text = release(url).replace('until: 60s, interval: 1s', 'until: 60s, interval: 1s, backoff: 1');
    const report = await check(text, { clock: manualClock(), variables: { sha: wanted } });
    expect([report.outcome, report.reason, report.successes]).toEqual([
      'inconclusive',
      'not-stable',
      { reached: 2, wanted: 3 },
    ]);
  });

  it('ends at the first bad round when it is strict', async () => {
    const text = release(await builds(wanted, old, wanted)).replace(
      'interval: 5s',
      'interval: 5s, hold: strict',
    );
    const report = await check(text, { clock: manualClock(), variables: { sha: wanted } });
    expect([report.outcome, report.results[0]?.attemptCount]).toEqual(['fail', 2]);
  });

  it('fails when the service cannot say which build it is', async () => {
    const report = await check(release(await builds('unknown')), {
      clock: manualClock(),
      variables: { sha: wanted },
    });
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
  });
});

describe('the verdict', () => {
  it('is fail when a gate fails, though another is in error', async () => {
    const url = await serve((_, response) => response.writeHead(500).end());
    const broken = '  - { name: broken, exec: [a-program-that-is-not-there] }';
    const bad = '  - { name: bad, http: /, expect: { status: 200 } }';
    const report = await check(`target: ${url}\nchecks:\n${broken}\n${bad}`);
    expect([report.outcome, report.results.map((result) => result.outcome)]).toEqual([
      'fail',
      ['error', 'fail'],
    ]);
  });

  it('is not changed by an advisory check', async () => {
    const url = await serve((request, response) =>
      response.writeHead(request.url === '/bad' ? 500 : 200).end(),
    );
    const report = await check(
      `target: ${url}\nchecks:\n  - { name: good, http: /, expect: { status: 200 } }\n  - { name: bad, severity: advisory, http: /bad, expect: { status: 200 } }`,
    );
    expect([report.outcome, report.results.map((result) => result.outcome)]).toEqual([
      'pass',
      ['pass', 'fail'],
    ]);
  });

  it.each<[string, boolean, string, string]>([
    ['inconclusive when the control cannot be reached either', false, 'inconclusive', 'runner-network'],
    ['fail when the control answers', true, 'fail', 'checks-failed'],
  ])('on an unreachable target is %s', async (_, controlAnswers, outcome, reason) => {
    // A proxy that refuses stands for a network that does not carry: the target is not this machine.
    const control = controlAnswers ? await statuses(404) : await refusingUrl();
    const report = await check(page('https://shop.example/', '{ status: 200 }'), {
      env: { HTTPS_PROXY: await refusingUrl() },
      controlUrl: control,
    });
    expect([report.outcome, report.reason]).toEqual([outcome, reason]);
  });

  it('is inconclusive when the target was as unreachable before', async () => {
    const text = page(await refusingUrl(), '{ status: 200 }');
    const previous = await check(text, { mode: 'once' });
    const report = await check(text, { previous });
    expect([report.outcome, report.reason]).toEqual(['inconclusive', 'unreachable-before']);
  });

  it.each<[string, () => Promise<string>, () => Promise<string>, string, string]>([
    ['both refuse', refusingUrl, refusingUrl, 'inconclusive', 'both-down'],
    ['both answer 503', () => statuses(503), () => statuses(503), 'inconclusive', 'both-down'],
    [
      'a gateway answers for the new, and the old is in error',
      () => statuses(502),
      () => statuses(500),
      'inconclusive',
      'both-down',
    ],
    ['the old passes', refusingUrl, () => statuses(200), 'fail', 'checks-failed'],
    ['the old is up, and not as the check asks', refusingUrl, () => statuses(404), 'fail', 'checks-failed'],
    [
      'the new says itself that it is broken',
      () => statuses(500),
      () => statuses(500),
      'fail',
      'checks-failed',
    ],
  ])('beside the previous release, where %s', async (_, now, before, outcome, reason) => {
    const variables = { url: await now(), 'previous-url': await before() };
    const report = await check(page('/', '{ status: 200 }'), { variables });
    expect([report.outcome, report.reason]).toEqual([outcome, reason]);
  });

  it('is fail when the old answers in the way the check asks for, an error though it is', async () => {
    const variables = { url: await refusingUrl(), 'previous-url': await statuses(503) };
    const report = await check(page('/', '{ status: 503 }'), { variables });
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
  });

  it('is fail when the old cannot be asked apart', async () => {
    const url = await refusingUrl();
    const report = await check(page(url, '{ status: 200 }'), {
      variables: { 'previous-url': await refusingUrl() },
    });
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
  });

  it('is inconclusive when the time ran out before anything was tried', async () => {
    const url = await statuses(200);
    const report = await check(page(url, '{ status: 200 }', '    delay: 1m\n'), {
      clock: manualClock(),
      budgetMs: 5_000,
    });
    expect([report.outcome, report.reason]).toEqual(['inconclusive', 'out-of-time']);
  });
});

describe('the preflight', () => {
  it('tries each check once, and leaves out what may count twice', async () => {
    const url = await statuses(500);
    const text = `target: ${url}\ndefaults: { retry: { until: 60s }, delay: 10s }\nchecks:\n  - { name: get, http: /, expect: { status: 200 } }\n  - { name: post, http: POST /, expect: { status: 200 } }`;
    const clock = manualClock();
    const report = await check(text, { mode: 'once', clock });
    expect(report.results.map(({ name, outcome, attemptCount }) => [name, outcome, attemptCount])).toEqual([
      ['get', 'fail', 1],
      ['post', 'skipped', 0],
    ]);
    expect(clock.pauses).toEqual([]);
  });

  it('binds the release check to the commit it is given, and only reports the build when there is none', async () => {
    const text = `target: ${await builds('abcdef1234567')}\nrelease: { jsonpath: $.commit }\n`;
    const bound = await check(text, { mode: 'once', release: { commit: 'abcdef1234567' } });
    const unknown = await check(text, { mode: 'once', release: {} });
    expect([bound.results[0], unknown.results[0]].map((one) => [one?.severity, one?.outcome])).toEqual([
      ['gate', 'pass'],
      ['advisory', 'pass'],
    ]);
    expect(unknown.release).toBe('abcdef1234567');
  });
});

describe('a run', () => {
  it('has at most as many attempts under way as the file says', async () => {
    let open = 0;
    let most = 0;
    const url = await serve((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end();
      }, 10);
    });
    const names = Array.from(
      { length: 12 },
      (_, index) => `  - { name: c${index}, http: /, expect: { status: 200 } }`,
    );
    const report = await check(`target: ${url}\nconcurrency: 4\nchecks:\n${names.join('\n')}`);
    expect([report.outcome, most]).toEqual(['pass', 4]);
  });

  it('rejects with the signal’s reason when it is aborted', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort(new Error('cancelled')));
    await expect(check(page(url, '{ status: 200 }'), { signal: abort.signal })).rejects.toThrow('cancelled');
  });

  it('tunnels https through the proxy of the environment, and names its refusal', async () => {
    const proxy = await serve(() => {});
    const report = await check(page('https://shop.example/', '{ status: 200 }'), {
      env: { https_proxy: proxy },
    });
    expect(report.results[0]?.attempts[0]?.failureClass).toBe('connect');
  });
});
