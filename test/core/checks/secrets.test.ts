// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { valueText } from '../../../packages/core/src/checks/judge/wording.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

const secret = 's3cr&t "value"/42';

describe('a secret', () => {
  it.each<[string, string]>([
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['JSON-escaped', JSON.stringify(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in the base64 of a longer text', Buffer.from(`u:${secret}`).toString('base64')],
    ['at the edge of the excerpt', `${'x'.repeat(190)}${secret}`],
  ])('never leaves the engine in a failing body, %s', async (_, body) => {
    const url = await serve((_request, response) => response.end(body));
    const report = await check(`secrets: [TOKEN]\n${page(url, '{ body: { contains: "${TOKEN}!" } }')}`, {
      secrets: { TOKEN: secret },
    });
    const said = JSON.stringify(report);
    expect(report.outcome).toBe('fail');
    expect(said).toContain('***');
    expect(said).not.toContain(secret.slice(0, 6));
    expect(said).not.toContain(Buffer.from(secret).toString('base64').slice(4, 12));
    expect(said).not.toContain(Buffer.from(`u:${secret}`).toString('base64').slice(4, 14));
  });

  it.each<[string, string]>([
    ['as bytes', '{ bytes: "hex,00" }'],
    ['as bytes in hex', '{ all: [{ bytes: true, toHex: true, equals: "00" }] }'],
    ['behind a filter', '{ all: [{ body: true, split: " ", last: true, equals: a }] }'],
    ['in the place a schema breaks', '{ schema: { properties: { s3cret-value: false } } }'],
  ])('never leaves it read %s', async (_, expected) => {
    const url = await serve((_request, response) => response.end('{"s3cret-value":1, "b": "s3cret-value"}'));
    const report = await check(`secrets: [TOKEN]\n${page(url, expected)}`, {
      secrets: { TOKEN: 's3cret-value' },
    });
    const said = JSON.stringify(report);
    expect([report.outcome, said.includes('***')]).toEqual(['fail', true]);
    expect(said).not.toContain('s3cret');
    expect(said).not.toContain(Buffer.from('s3cret').toString('hex'));
  });

  it('never leaves it in a URL', async () => {
    const url = await serve((_, response) => response.end());
    const text = `secrets: [TOKEN]\nchecks:\n  - name: page\n    http: "${url}/?key=\${TOKEN}"\n    expect: { status: 404 }`;
    const report = await check(text, { secrets: { TOKEN: 'abcd-1234' } });
    expect(report.results[0]?.url).toBe(`${url}/?key=***`);
    expect(report.results[0]?.attempts[0]?.summary).toBe(`GET ${url}/?key=*** → 200`);
  });

  it.each(['http: "URL"\n    expect: { status: 404 }', 'assets: "URL"', 'websocket: "URL"'])(
    'in a query is hidden by `redact-query` where the check is %s',
    async (written) => {
      const url = await serve((_, response) => response.end());
      const text = `redact-query: [pin]\nchecks:\n  - name: page\n    ${written.replace('URL', `${url}/?pin=9z1`)}`;
      const report = await check(text);
      expect([report.outcome, JSON.stringify(report).includes('9z1')]).toEqual(['fail', false]);
    },
  );

  it.each(['p@ss w/ord+1', 'a "quoted"/value', "it's/mine <b>", 'söße@1/2', 'back\\slash@ 1'])(
    'is masked as a URL spells it: %s',
    (odd) => {
      const url = new URL(`http://shop.example/of/${odd}/?key=${odd}`);
      expect(new Redactor([odd]).redact(url.href)).toBe('http://shop.example/of/***/?key=***');
    },
  );

  it('over two lines is masked line by line', () => {
    expect(new Redactor(['first line\nsecond line']).redact('got "second line" and first line')).toBe(
      'got "***" and ***',
    );
  });

  it.each<[string, string, string]>([
    ['across the edge', '1234abcdefgh5678', '1234***…'],
    ['behind the edge, after others made the text shorter', 'abcdefgh abcdefgh', '***…'],
    ['at the very end', '1234abcdefgh', '1234***'],
  ])('%s of an excerpt is masked whole', (_, text, shown) => {
    expect(new Redactor(['abcdefgh']).excerpt(text, 8)).toBe(shown);
  });

  it('that the file does not list is undefined', async () => {
    await expect(
      check(page('http://127.0.0.1:1/${TOKEN}', '{ status: 200 }'), { secrets: { TOKEN: 'abcd' } }),
    ).rejects.toMatchObject({
      code: 'checks-invalid',
      details: [
        'checks:3:11: `TOKEN` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
      ],
    });
  });

  it.each<[string, string]>([
    [
      'by its own name',
      'checks:\n  - name: page\n    http: { url: "http://shop.example/", auth: { bearer: "${TOKEN}" } }',
    ],
    [
      'in a variable of the file',
      'variables: { key: "k-${TOKEN}", bearer: "${key}" }\nchecks:\n  - name: page\n    http: { url: "http://shop.example/", auth: { bearer: "${bearer}" } }',
    ],
    ['in the target', 'target: "http://shop.example/${TOKEN}/"\nchecks:\n  - name: page\n    http: health'],
  ])('does not go over plain http to another machine, %s', async (_, checks) => {
    const text = `secrets: [TOKEN]\n${checks}\n    expect: { status: 200 }`;
    await expect(check(text, { secrets: { TOKEN: 'abcd-1234' } })).rejects.toMatchObject({
      details: [
        expect.stringContaining(
          'Check "page": A secret would go over plain http to shop.example. Use https, or set `allow-insecure: true`.',
        ),
      ],
    });
  });
});

it('a secret of which only the start is written out as bytes is masked', () => {
  const long = Array.from({ length: 400 }, (_, at) => `part ${at}`).join(' ');
  const shown = valueText(
    Buffer.from(`${long} and more`),
    { name: 'bytes', argument: undefined },
    new Redactor([long]),
  );
  expect(shown).toMatch(/^hex,\*\*\*…? \(\d+ bytes\)$/);
});
