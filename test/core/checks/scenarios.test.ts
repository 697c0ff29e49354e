// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers } from './loopback.ts';
import { bad, get, inTurn, ok, scenario, service, signsIn, steps } from './scenario-service.ts';

afterEach(closeServers);

const signIn = get('sign in', '/in', ', capture: { token: { jsonpath: $.token, redact: true } }');

describe('a scenario', () => {
  it('hands captures and cookies from step to step, and reports each step as a check', async () => {
    const { url, asked } = await service({ 'GET /in': signsIn, 'GET /t0ken-4711': ok });
    const open =
      '      - name: open\n        http: { url: "/${token}", auth: { bearer: "${token}" } }\n        expect: { status: 200, capture: { token: { starts-with: t0ken } } }\n';
    const report = await check(scenario(url, signIn + open));
    expect(asked).toEqual(['GET /in', 'GET /t0ken-4711 session=s1 Bearer t0ken-4711']);
    expect([report.outcome, report.results.map(({ scenario, name }) => [scenario, name])]).toEqual([
      'pass',
      [
        ['shop', 'shop / sign in'],
        ['shop', 'shop / open'],
      ],
    ]);
  });

  it('masks a captured secret everywhere, and tells the caller before anything is reported', async () => {
    // A name that hides nothing by itself: the mask alone does.
    const { url } = await service({
      'GET /in': (_, response) => response.end('{"entry":"t0ken-4711","nothing":null}'),
    });
    const enter = signIn.replace('$.token', '$.entry');
    const told: string[] = [];
    const open = get('open', '"/${token}"').replace('GET "/${token}"', '"GET /${token}"');
    const asserting = enter.replace('status: 200', 'body: { not-contains: t0ken }');
    const report = await check(scenario(url, asserting + open), {
      onSecret: (value) => told.push(`secret ${value}`),
      onProgress: ({ summary }) => told.push(summary.replace(url, '')),
    });
    expect(told).toEqual(['secret t0ken-4711', 'GET /in → 200']);
    expect(report.results[0]?.attempts[0]?.failures[0]?.actual).toBe(
      '"{\\"entry\\":\\"***\\",\\"nothing\\":null}"',
    );
    const passing = await check(scenario(url, enter + open));
    expect(passing.results[1]?.attempts[0]?.summary).toBe(`GET ${url}/*** → 404`);
    expect(JSON.stringify([report, passing])).not.toContain('t0ken-4711');
  });

  it('keeps its cookies to itself', async () => {
    const { url, asked } = await service({ 'GET /in': signsIn, 'GET /a': ok });
    const two = `${scenario(url, get('in', '/in') + get('again', '/in'))}  - name: other\n    steps:\n${get('a', '/a')}`;
    expect((await check(two)).outcome).toBe('pass');
    expect(asked.toSorted()).toEqual(['GET /a', 'GET /in', 'GET /in session=s1']);
  });

  it('keeps cookies that redirects set on the way', async () => {
    const { url, asked } = await service({
      'GET /in': (_, response) =>
        response.writeHead(302, { location: '/home', 'set-cookie': ['a=1', 'b=2; Path=/home'] }).end(),
      'GET /home': ok,
    });
    await check(
      `target: ${url}\ndefaults: { follow: true }\nscenarios:\n  - name: s\n    steps:\n${get('in', '/in')}`,
    );
    expect(asked).toEqual(['GET /in', 'GET /home b=2; a=1']);
  });

  it('skips the rest after the first gate that fails, with the cause', async () => {
    const { url, asked } = await service({ 'GET /in': bad });
    const report = await check(scenario(url, get('in', '/in') + get('a', '/a') + get('b', '/b')));
    expect([report.outcome, report.reason, steps(report), asked]).toEqual([
      'fail',
      'checks-failed',
      [
        ['shop / in', 'fail'],
        ['shop / a', 'skipped', '"shop / in" did not pass'],
        ['shop / b', 'skipped', '"shop / in" did not pass'],
      ],
      ['GET /in'],
    ]);
  });

  it('goes on after an advisory step that fails', async () => {
    const { url } = await service({ 'GET /in': bad, 'GET /a': ok });
    const report = await check(scenario(url, get('in', '/in', ', severity: advisory') + get('a', '/a')));
    expect([report.outcome, steps(report)]).toEqual([
      'pass',
      [
        ['shop / in', 'fail'],
        ['shop / a', 'pass'],
      ],
    ]);
  });

  it('fails the step whose capture finds nothing', async () => {
    const { url } = await service({ 'GET /in': ok });
    const report = await check(scenario(url, signIn + get('a', '/a')));
    expect(report.results[0]?.attempts[0]?.failures).toEqual([
      { read: 'jsonpath $.token', expected: 'exists', actual: 'not found', where: { line: 5, column: 84 } },
    ]);
    expect(steps(report)).toEqual([
      ['shop / sign in', 'fail'],
      ['shop / a', 'skipped', '"shop / sign in" did not pass'],
    ]);
  });

  it('captures null as nothing, and leaves out the step that needs a value by its `if`', async () => {
    const { url, asked } = await service({ 'GET /in': signsIn });
    const capturing = get('in', '/in', ', capture: { next: { jsonpath: $.nothing } }');
    const report = await check(scenario(url, capturing + get('more', '/more', ', if: next')));
    expect([report.outcome, steps(report), asked]).toEqual([
      'pass',
      [
        ['shop / in', 'pass'],
        ['shop / more', 'skipped', '`next` is empty'],
      ],
      ['GET /in'],
    ]);
  });

  it('leaves out a step whose value an earlier one, left out itself, would have captured', async () => {
    const { url } = await service({ 'GET /home': ok });
    const in_ = get('in', '/in', ', if: member, capture: { token: { jsonpath: $.token } }');
    const open = '      - { name: open, http: "/${token}", expect: { status: 200 } }\n';
    const report = await check(
      scenario(url, get('home', '/home') + in_ + open, '    variables: { member: "" }\n'),
    );
    expect([report.outcome, steps(report)]).toEqual([
      'pass',
      [
        ['shop / home', 'pass'],
        ['shop / in', 'skipped', '`member` is empty'],
        ['shop / open', 'skipped', '`token` was not captured'],
      ],
    ]);
  });

  it('fails when a captured value cannot be used: the service gave it', async () => {
    const { url } = await service({
      'GET /in': (_, response) => response.end('{"next":"ftp://files.example/"}'),
    });
    const capturing = get('in', '/in', ', capture: { next: { jsonpath: $.next } }');
    const open = '      - { name: open, http: "${next}", expect: { status: 200 } }\n';
    const report = await check(scenario(url, capturing + open));
    expect([report.outcome, report.reason, report.results[1]?.attempts[0]?.summary]).toEqual([
      'fail',
      'checks-failed',
      '"ftp://files.example/" is neither http nor https.',
    ]);
  });

  it('is inconclusive when the conditions of its steps leave no gate', async () => {
    const { url, asked } = await service({});
    const report = await check(
      scenario(url, get('more', '/more', ', if: member'), '    variables: { member: "" }\n'),
    );
    expect([report.outcome, report.reason, asked]).toEqual(['inconclusive', 'condition-false', []]);
  });
});

describe('a retry in a scenario', () => {
  const retry = '    retry: { until: 60s, interval: 2s, jitter: 0% }\n';

  it('repeats the step that failed, and nothing before it', async () => {
    const clock = manualClock();
    const { url, asked } = await service({ 'GET /in': signsIn, 'GET /a': inTurn(bad, bad, ok) });
    const report = await check(scenario(url, get('in', '/in') + get('a', '/a'), retry), { clock });
    expect([report.outcome, asked, clock.pauses]).toEqual([
      'pass',
      ['GET /in', 'GET /a session=s1', 'GET /a session=s1', 'GET /a session=s1'],
      [2000, 3000],
    ]);
  });

  it.each<[string, string, string]>([
    ['a step says so', retry, ', retry: scenario'],
    ['the scenario says so', retry.replace('until', 'of: scenario, until'), ''],
  ])('of the scenario begins at the first step with an empty jar, when %s', async (_, settings, more) => {
    const clock = manualClock();
    const { url, asked } = await service({ 'GET /in': signsIn, 'GET /a': inTurn(bad, ok) });
    const report = await check(scenario(url, get('in', '/in') + get('a', '/a', more), settings), { clock });
    expect([report.outcome, asked, clock.pauses]).toEqual([
      'pass',
      ['GET /in', 'GET /a session=s1', 'GET /in', 'GET /a session=s1'],
      [2000],
    ]);
  });

  it('of the scenario ends at the deadline, which counts from its first step', async () => {
    const clock = manualClock();
    const { url, asked } = await service({ 'GET /in': ok, 'GET /a': bad });
    const settings = '    retry: { of: scenario, until: 6s, interval: 2s, jitter: 0% }\n';
    const report = await check(scenario(url, get('in', '/in') + get('a', '/a'), settings), { clock });
    expect([report.outcome, asked.length, clock.pauses]).toEqual(['fail', 6, [2000, 3000]]);
  });

  it('of the scenario does not send a POST before the failed step twice', async () => {
    const { url, asked } = await service({ 'POST /in': ok, 'GET /a': bad });
    const settings = '    retry: { of: scenario, until: 60s }\n';
    const post = get('in', '/in').replace('GET', 'POST');
    const report = await check(scenario(url, post + get('a', '/a'), settings), { clock: manualClock() });
    expect([report.outcome, asked]).toEqual(['fail', ['POST /in', 'GET /a']]);
  });

  it('of the scenario asks each step sent before, not only the one that failed', async () => {
    const { url, asked } = await service({ 'POST /in': ok, 'GET /a': bad });
    const post = get('in', '/in').replace('GET', 'POST');
    const failing = get('a', '/a', ', retry: { of: scenario, until: 60s, unsafe: true }');
    await check(scenario(url, post + failing), { clock: manualClock() });
    expect(asked).toEqual(['POST /in', 'GET /a']);
  });

  it('sends a POST that was retried once more when it says `unsafe`', async () => {
    const { url, asked } = await service({ 'POST /in': ok, 'GET /a': inTurn(bad, ok) });
    const settings = '    retry: { of: scenario, until: 60s, unsafe: true }\n';
    const post = get('in', '/in').replace('GET', 'POST');
    const report = await check(scenario(url, post + get('a', '/a'), settings), { clock: manualClock() });
    expect([report.outcome, asked.length]).toEqual(['pass', 4]);
  });
});
