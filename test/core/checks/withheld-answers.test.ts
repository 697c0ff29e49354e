import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import { check, closeServers, page, serve, serveSocket } from './loopback.ts';

afterEach(closeServers);

const said = (report: ChecksReport) => JSON.stringify(report);

async function answering(body: string, headers: Record<string, string | string[]> = {}, status = 200) {
  return serve((_, response) => {
    response.sendDate = false;
    response.writeHead(status, headers).end(body);
  });
}

function scenario(url: string, step: string): string {
  return `target: ${url}\nscenarios:\n  - name: sign in\n    steps:\n      - { name: log in, ${step} }\n`;
}

describe('the headers of an answer show nothing that an address hides', () => {
  const headers = {
    location: '/cb?access_token=URLSECRET1&x=1',
    link: '</p?token=URLSECRET2>; rel=next',
    refresh: '0;url=/a?token=URLSECRET3',
    'content-location': 'https://u:URLSECRET4@h.example/?session=URLSECRET5',
    'set-cookie': 'sid=URLSECRET6; Path=/?token=URLSECRET7',
    'x-data': '{"token":"URLSECRET8"}',
    'www-authenticate': 'Basic realm="shop"',
  };

  it('in the list of a report and in the file', async () => {
    const url = await answering('', headers, 302);
    const text = `checks:\n  - { name: c, http: { url: "${url}", redact-query: [session] }, expect: { status: 200 } }\n`;
    const report = await check(text);
    expect(said(report)).not.toContain('URLSECRET');
    expect(report.results[0]?.answer?.headers?.slice(0, 7)).toEqual([
      ['location', '/cb?access_token=***&x=1'],
      ['link', '</p?token=***>; rel=next'],
      ['refresh', '0;url=/a?token=***'],
      ['content-location', 'https://u:***@h.example/?session=***'],
      ['set-cookie', 'sid=[not shown]; Path=/?token=***'],
      ['x-data', '{"token":"[not shown]"}'],
      ['www-authenticate', 'Basic realm="shop"'],
    ]);
  });

  it.each<[string, string, string]>([
    ['a header', 'header: { location: /x }', '"/cb?access_token=***&x=1"'],
    [
      'a listed name',
      'header: { content-location: { contains: nope } }',
      '"https://u:***@h.example/?session=***"',
    ],
    [
      'a header with a filter',
      'header: { location: { split: "&", first: true, equals: x } }',
      '"/cb?access_token=***"',
    ],
    ['a credential by its name', 'header: { x-session-token: x }', '[a credential, not shown]'],
    ['JSON in a header', 'header: { x-data: x }', '"{\\"token\\":\\"[not shown]\\"}"'],
  ])('in why a check failed: %s', async (_, expected, actual) => {
    const url = await answering('', { ...headers, 'x-session-token': 'URLSECRET9' }, 200);
    const text = `checks:\n  - { name: c, http: { url: "${url}", redact-query: [session] }, expect: { ${expected} } }\n`;
    const report = await check(text);
    expect(report.results[0]?.attempts[0]?.failures.map((one) => one.actual)).toEqual([actual]);
    expect(said(report)).not.toContain('URLSECRET');
  });

  it.each(['url: x', 'redirects: { count: 3 }', 'redirects: []'])(
    'nor does where redirects led: %s',
    async (expected) => {
      const url = await serve((request, response) => {
        const isFirst = request.url === '/';
        response.writeHead(isFirst ? 302 : 200, isFirst ? { location: '/end?session=URLSECRET1' } : {}).end();
      });
      const text = `checks:\n  - { name: c, http: { url: "${url}/", follow: true, redact-query: [session] }, expect: { ${expected} } }\n`;
      const report = await check(text);
      expect(report.outcome).toBe('fail');
      expect(said(report)).not.toContain('URLSECRET');
    },
  );

  it('nor does a redirect that leads nowhere', async () => {
    const url = await answering('', { location: 'app://x?token=URLSECRET1' }, 302);
    const report = await check(
      `checks:\n  - { name: c, http: { url: "${url}", follow: true }, expect: { status: 200 } }\n`,
    );
    expect(said(report)).toContain('app://x?token=***');
    expect(said(report)).not.toContain('URLSECRET');
  });
});

describe('a body shows no field that is a credential by its name', () => {
  const body = '{"data":{"access_token":"tok-SECRET-1","id":7}}';

  it('neither as it begins nor in the file', async () => {
    const { results, answers } = await check(page(await answering(body), '{ status: 201 }'));
    expect(results[0]?.answer?.body).toBe('{"data":{"access_token":"[not shown]","id":7}}');
    expect(answers?.[0]?.text).toContain('"access_token":"[not shown]"');
    expect(JSON.stringify([results, answers])).not.toContain('tok-SECRET');
  });

  it.each([
    'body: x',
    'jsonpath: { $.data: x }',
    'jsonpath: { $.data.access_token: x }',
    `jsonpath: { "$['data']['access_token']": x }`,
    'json: { equals: 1 }',
  ])('nor in why a check failed: %s', async (expected) => {
    const report = await check(page(await answering(body), `{ ${expected} }`));
    expect(report.outcome).toBe('fail');
    expect(said(report)).not.toContain('tok-SECRET');
  });
});

describe('where a capture that masks finds nothing, nothing of the answer is shown', () => {
  const body = '{"data":{"renamed":"tok-SECRET-1"}}';
  const why = '[not shown: the step masks what it captures as `token`, and did not find it in this answer]';

  it.each<[string, string]>([
    ['is not there', 'jsonpath: $.token'],
    ['is null', 'jsonpath: $.none'],
    ['is empty', 'jsonpath: $.blank'],
    ['stands behind a filter that cannot', 'body: true, regex: "x(y)"'],
    ['is in a header that is not there', 'header: x-token'],
  ])('it %s', async (_, source) => {
    const url = await answering(`{"none":null,"blank":"",${body.slice(1)}`, { 'x-other': 'tok-SECRET-2' });
    const expected = '{ status: 200, body: { contains: nope }, header: { x-other: y } }';
    const step = `http: /, expect: ${expected}, capture: { token: { ${source}, redact: true } }`;
    const report = await check(scenario(url, step));
    expect(report.outcome).toBe('fail');
    expect(said(report)).not.toContain('tok-SECRET');
    expect(report.results[0]?.answer).toEqual({ address: `${url}/ (127.0.0.1)`, body: why });
    expect(report.answers ?? []).toEqual([]);
    expect(report.results[0]?.attempts[0]?.failures.map((one) => one.actual)).toContain(why);
  });

  it('also where the program of a step printed it', async () => {
    const code = "console.log(['tok', 'SECRET'].join('-')); process.exit(3)";
    const run = JSON.stringify([process.execPath, '-e', code]);
    const step = `exec: { run: ${run} }, capture: { token: { stdout: true, regex: "t=(.*)", redact: true } }`;
    const tools = createTools({ clock: systemClock, print: () => {} });
    const report = await check(scenario('http://127.0.0.1:1', step), { tools });
    expect(said(report)).not.toContain('tok-SECRET');
    expect(report.results[0]?.attempts[0]?.summary).toMatch(/ → exit 3$/);
  });

  it('also where it spoiled a dialogue', async () => {
    const url = await serveSocket((socket) => void socket.write('tok-SECRET-1\r\n'));
    const step = `tcp: { host: 127.0.0.1, port: ${new URL(url).port}, expect: OK }, timeout: 1s, capture: { token: { received: true, regex: "t=(.*)", redact: true } }`;
    const report = await check(scenario('http://127.0.0.1:1', step));
    expect(report.outcome).toBe('fail');
    expect(said(report)).not.toContain('tok-SECRET');
    expect(report.results[0]?.attempts[0]?.failures.map((one) => one.actual)).toContain(why);
  });

  it('but not where there was none: a program that could not be started is told of', async () => {
    const step = `exec: { run: [no-such-program-here] }, capture: { token: { stdout: true, redact: true } }`;
    const tools = createTools({ clock: systemClock, print: () => {} });
    const report = await check(scenario('http://127.0.0.1:1', step), { tools });
    expect(report.results[0]?.attempts[0]?.summary).toBe('no-such-program-here → not started');
  });

  it('but for what is found, each long part of which is masked', async () => {
    const body =
      '{"keys": {"a": "tok-SECRET-1", "b": [12345678], "c": "user"}, "d": ["tok-SECRET-1", 12345678, "user"]}';
    const step = 'http: /, expect: { status: 201 }, capture: { token: { jsonpath: $.keys, redact: true } }';
    const report = await check(scenario(await answering(body), step));
    expect(report.results[0]?.answer?.body).toBe('{"keys": ***, "d": ["***", ***, "user"]}');
  });

  it('and all of it where the capture masks nothing', async () => {
    const url = await answering('{"a":"shown"}');
    const report = await check(
      scenario(url, 'http: /, expect: { status: 200 }, capture: { t: { jsonpath: $.t } }'),
    );
    expect(report.results[0]?.answer?.body).toBe('{"a":"shown"}');
  });
});

describe('an answer that is cut is masked first', () => {
  it('no start of a secret stands where it was cut', async () => {
    const secret = 's3cret-value-of-some-length-0123456789';
    const url = await answering(`${'x'.repeat(1024 * 1024 - 20)}${secret} and more`);
    const { answers } = await check(`secrets: [TOKEN]\n${page(url, '{ status: 201 }')}`, {
      secrets: { TOKEN: secret },
    });
    const text = answers?.[0]?.text ?? '';
    expect(text).not.toContain('s3c');
    expect(text.slice(-60)).toMatch(/x…\n\[the rest of 1048603 bytes is not kept\]$/);
  });
});
