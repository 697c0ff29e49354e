import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, page, refusingUrl, serve } from './loopback.ts';

afterEach(closeServers);

type Headers = Readonly<Record<string, string>>;

/** What the report keeps of the last answer to a check that wants 201. */
async function kept(body: string | Buffer, headers: Headers = {}, options = {}) {
  const url = await serve((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  });
  const secrets = 'secrets' in options ? 'secrets: [TOKEN]\n' : '';
  return (await check(`${secrets}${page(url, '{ status: 201 }')}`, options)).results[0]?.answer;
}

describe('of an answer that failed is kept', () => {
  it.each<[string, string | Buffer, Headers, object | undefined]>([
    ['its body', '{"error":"full"}', {}, { body: '{"error":"full"}' }],
    ['no more than its first 2,000 characters', 'ä'.repeat(2001), {}, { body: `${'ä'.repeat(2000)}…` }],
    ['its lines', ' one\ntwo\n', {}, { body: 'one\ntwo' }],
    ['no body where it says nothing', '', {}, {}],
    [
      'how much it was where it is no text',
      Buffer.from([0, 1, 2]),
      {},
      { body: '3 bytes that are not text' },
    ],
    [
      'what the service’s logs find it by, the service’s own name first',
      'no',
      { 'cf-ray': 'ray', 'x-request-id': ' abc ' },
      { body: 'no', requestId: { header: 'x-request-id', value: 'abc' } },
    ],
    [
      'the platform’s where the service has none',
      'no',
      { 'fly-request-id': '01JD-iad' },
      { body: 'no', requestId: { header: 'fly-request-id', value: '01JD-iad' } },
    ],
  ])('%s', async (_, body, headers, answer) => {
    const { address: _address, headers: _headers, ...rest } = (await kept(body, headers)) ?? {};
    expect(rest).toEqual(answer);
  });

  it('no secret, not even half of one at the edge', async () => {
    const secrets = { TOKEN: 's3cret-value-of-some-length' };
    const answer = await kept(
      `${'x'.repeat(1990)}${secrets.TOKEN}`,
      { 'x-request-id': secrets.TOKEN },
      { secrets },
    );
    expect(answer).toMatchObject({
      body: `${'x'.repeat(1990)}***`,
      headers: expect.arrayContaining([['x-request-id', '***']]),
      requestId: { header: 'x-request-id', value: '***' },
    });
  });

  it('nothing of one that passed, and of none', async () => {
    const url = await serve((_request, response) => response.end('fine'));
    const passed = await check(page(url, '{ status: 200 }'));
    const refused = await check(page(await refusingUrl(), '{ status: 200 }'));
    expect([passed, refused].map(({ results }) => results[0]?.answer)).toEqual([undefined, undefined]);
  });

  it('where it came from, the last of several addresses, without what no report shows', async () => {
    const url = await serve((request, response) => {
      const isFirst = request.url === '/';
      response.writeHead(isFirst ? 302 : 500, isFirst ? { location: '/end?token=t1&page=2' } : {}).end();
    });
    const report = await check(
      `checks:\n  - { name: c, http: { url: "${url}", follow: true }, expect: { status: 200 } }\n`,
    );
    expect(report.results[0]?.answer?.address).toBe(`${url}/end?token=***&page=2 (127.0.0.1)`);
  });

  it('its headers, in their order and each line, but for the values of credentials', async () => {
    const url = await serve((_, response) => {
      response.sendDate = false;
      response.writeHead(
        500,
        [
          ['Server', 'shop'],
          ['Set-Cookie', 'session=abc; Path=/; HttpOnly'],
          ['Set-Cookie', 'broken'],
          ['X-Api-Key', 'abc'],
          ['Via', 'a'],
          ['Content-Length', '0'],
          ['Connection', 'close'],
        ].flat(),
      );
      response.end();
    });
    const report = await check(page(url, '{ status: 201 }'));
    expect(report.results[0]?.answer?.headers).toEqual([
      ['server', 'shop'],
      ['set-cookie', 'session=[not shown]; Path=/; HttpOnly'],
      ['set-cookie', '[not shown]'],
      ['x-api-key', '[not shown]'],
      ['via', 'a'],
      ['content-length', '0'],
      ['connection', 'close'],
    ]);
  });

  it('all of it beside the report, of each check that failed and was answered, masked and up to 1 MiB', async () => {
    const url = await serve((request, response) => {
      response.sendDate = false;
      response.setHeader('connection', 'close');
      response.end(request.url === '/large' ? 'x'.repeat(1024 * 1024 + 7) : 'no t0ken-4711');
    });
    const text = `secrets: [TOKEN]\ntarget: ${url}\nchecks:\n${['small', 'large']
      .map((name) => `  - { name: ${name}, http: /${name}, expect: { status: 201 } }\n`)
      .join('')}  - { name: good, http: /, expect: { status: 200 } }\n`;
    const { answers = [] } = await check(text, { secrets: { TOKEN: 't0ken-4711' } });
    expect(answers.map((one) => one.check)).toEqual(['small', 'large']);
    expect(answers[0]?.text).toBe(
      `${url}/small (127.0.0.1)\nHTTP/1.1 200\nconnection: close\ncontent-length: 13\n\nno ***`,
    );
    const end = `${'x'.repeat(7)}…\n[the rest of 1048583 bytes is not kept]`;
    expect(answers[1]?.text.slice(-end.length)).toBe(end);
    expect(answers[1]?.text.length).toBeLessThan(1024 * 1024 + 300);
  });
});
