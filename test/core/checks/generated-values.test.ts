// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** A service that notes the path of each request, with its body, and echoes both; the first `bad` answers are 503. */
async function echoing(bad = 0) {
  const asked: string[] = [];
  const url = await serve((request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      asked.push(`${request.url}${body === '' ? '' : ` ${body}`}`);
      response.writeHead(asked.length <= bad ? 503 : 200).end(`${request.url} ${body}`);
    });
  });
  return { url, asked };
}

const one = (url: string, http: string, expected: string, more = '') =>
  `target: ${url}\nchecks:\n  - name: c\n    http: ${http}\n    expect: ${expected}\n${more}`;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

describe('a value that is generated', () => {
  it.each<[string, string]>([
    ['newUuid', uuid],
    ['now', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'],
    ['random', 'r[0-9a-z]{15}'],
  ])('%s has its form, in a request and in what is expected', async (name, form) => {
    const { url, asked } = await echoing();
    const report = await check(one(url, `/\${${name}}`, `{ body: "/\${${name}} " }`));
    expect([report.outcome, asked]).toEqual(['pass', [expect.stringMatching(new RegExp(`^/${form}$`))]]);
  });

  it('is the same throughout one attempt, and another in the next; the report names what was asked', async () => {
    const { url, asked } = await echoing(1);
    const text = one(
      url,
      '"/${random}?again=${random}"',
      '{ status: 200 }',
      '    retry: { attempts: 2, interval: 1ms }\n',
    );
    const report = await check(text, { clock: manualClock() });
    const [first = '', second = ''] = asked;
    const twice = expect.stringMatching(/^\/(r\w{15})\?again=\1$/);
    expect([report.outcome, asked, first === second]).toEqual(['pass', [twice, twice], false]);
    expect(report.results[0]?.url).toBe(`${url}${second}`);
  });

  it('differs from sample to sample and from check to check', async () => {
    const { url, asked } = await echoing();
    const sampled = one(url, '"/${random}"', '{ p50: { max: 1m } }', '    samples: 3\n    warmup: 0\n');
    await check(`${sampled}  - { name: d, http: "/\${random}", expect: { status: 200 } }\n`);
    expect([asked.length, new Set(asked).size]).toEqual([4, 4]);
  });

  it('may stand in `variables`, and in those made of them', async () => {
    const { url, asked } = await echoing();
    const variables = 'variables: { tenant: "t-${random}", mail: "${tenant}@shop.example" }\n';
    const report = await check(
      variables + one(url, '"/${tenant}/${mail}"', '{ body: { contains: "${tenant}" } }'),
    );
    expect([report.outcome, asked]).toEqual([
      'pass',
      [expect.stringMatching(/^\/(t-r\w{15})\/\1@shop\.example$/)],
    ]);
  });

  it('gives way to whatever has its name', async () => {
    const { url, asked } = await echoing();
    const text = `variables: { random: mine }\n${one(url, '"/${random}/${now}"', '{ status: 200 }')}`;
    await check(text, { variables: { now: 'theirs' } });
    expect(asked).toEqual(['/mine/theirs']);
  });

  it('is one for a pass of a scenario, and gives way to what a step captures', async () => {
    const { url, asked } = await echoing(1);
    const steps = [
      '{ name: make, http: { method: PUT, url: "/${newUuid}" }, expect: { status: 200 }, capture: { random: { body: true, regex: "^/(.)" } } }',
      '{ name: read, http: "/${newUuid}?first=${random}", expect: { body: { contains: "${newUuid}" } } }',
    ];
    const text = `target: ${url}\nscenarios:\n  - name: s\n    retry: { attempts: 2, of: scenario, interval: 1ms }\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;
    const report = await check(text, { clock: manualClock() });
    const [failed = '', made = '', read = ''] = asked;
    expect(report.outcome).toBe('pass');
    expect([asked.length, failed === made, read]).toEqual([3, false, `${made}?first=${made[1]}`]);
  });

  it('lets no POST be repeated as the idempotency key of it', async () => {
    const { url, asked } = await echoing(1);
    const http = (key: string) => `{ method: POST, url: /, headers: { idempotency-key: "${key}" } }`;
    const again = '    retry: { attempts: 2, interval: 1ms }\n';
    const clock = manualClock();
    expect(
      (await check(one(url, http('order-${newUuid}'), '{ status: 200 }', again), { clock })).outcome,
    ).toBe('fail');
    const staying = await echoing(1);
    const report = await check(one(staying.url, http('order-1'), '{ status: 200 }', again), { clock });
    expect([asked.length, staying.asked.length, report.outcome]).toEqual([1, 2, 'pass']);
  });

  it.each<[string, string]>([
    ['uuid', 'newUuid'],
    ['NewUUID', 'newUuid'],
    ['timestamp', 'now'],
  ])('is named where %s has no value', async (name, meant) => {
    await expect(check(one('http://a.example', `"/\${${name}}"`, '{ status: 200 }'))).rejects.toThrow(
      `\`${name}\` has no value. Did you mean \`${meant}\`, which is made up in each attempt?`,
    );
  });
});
