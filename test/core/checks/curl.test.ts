// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { check, closeServers, serve } from './loopback.ts';

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

afterEach(closeServers);

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-curl-test-'));
  await writeFile(join(root, 'a b.bin'), Buffer.from([1, 2, 0xff]));
});

/** A service that fails every check and notes what it was sent: what the check sent, then what the command did. */
async function noting() {
  const heard: string[] = [];
  const url = await serve((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { 'user-agent': _, connection: __, 'accept-encoding': ___, ...headers } = request.headers;
      const body = Buffer.concat(chunks).toString('latin1');
      const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? '\0';
      const named = Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}`)
        .sort();
      const text = [`${request.method} ${request.url}`, ...named, '', body]
        .join('\n')
        .replaceAll(boundary, 'B');
      // A boundary of curl has another length, and it writes some parts of the form otherwise.
      heard.push(boundary === '\0' ? text : text.replace(/content-length: \d+\n/, '').toLowerCase());
      response.writeHead(500).end('no');
    });
  });
  return { url, heard };
}

const secrets = { TOKEN: 's3cret to&ken!', PASS_WORD: `it's "$HOME" \`x\` \\ 100%` };
const declared = 'secrets: [TOKEN, PASS_WORD]\n';

async function commandOf(http: string, { more = '', top = '', options = {} } = {}) {
  const text = `${top}${declared}checks:\n  - name: c\n    http: ${http}\n    expect: { status: 200 }\n${more}`;
  const report = await check(text, { root, secrets, ...options });
  return report.results[0]?.curl ?? '';
}

describe('a curl command', () => {
  it.skipIf(!hasCurl).each<[string, (url: string) => string]>([
    ['a plain request', (url) => `"${url}/a?b=c%20d&e=[1-2]{x}"`],
    ['another method', (url) => `{ method: DELETE, url: "${url}" }`],
    ['only the head', (url) => `{ method: HEAD, url: "${url}" }`],
    [
      'headers, also empty and repeated ones',
      (url) => `{ url: "${url}", headers: { X-A: "it's", X-B: "", X-C: [1, 2] } }`,
    ],
    ['a list in the query', (url) => `{ url: "${url}", query: { tag: [a, "b c"] } }`],
    ['text that looks like a file', (url) => `{ method: POST, url: "${url}", body: "@a\\n'b' $c" }`],
    ['JSON', (url) => `{ method: PUT, url: "${url}", json: { a: ["ü", 1] } }`],
    ['a form', (url) => `{ method: POST, url: "${url}", form: { a: [1, "x&y"], "b=": "ü" } }`],
    ['a file', (url) => `{ method: POST, url: "${url}", file: "a b.bin" }`],
    [
      'parts',
      (url) =>
        `{ method: POST, url: "${url}", multipart: { a: "@b;c", f: { file: "a b.bin", filename: "x y.bin", type: image/x } } }`,
    ],
    ['cookies', (url) => `{ url: "${url}", cookies: { a: b } }`],
    ['a secret in a header', (url) => `{ url: "${url}", headers: { x-key: "a \${TOKEN}b!" } }`],
    [
      'secrets with everything a shell would read',
      (url) => `{ url: "${url}", headers: { x-key: "\${PASS_WORD}" }, auth: { bearer: "\${TOKEN}" } }`,
    ],
    ['a secret in `auth`', (url) => `{ url: "${url}", auth: { basic: "demo:\${PASS_WORD}" } }`],
    ['a secret in the query', (url) => `{ url: "${url}/?a=1", query: { key: "\${TOKEN}" } }`],
    ['a secret in a form', (url) => `{ method: POST, url: "${url}", form: { a: 1, key: "\${PASS_WORD}" } }`],
    ['a secret in a text', (url) => `{ method: POST, url: "${url}", body: "x \${TOKEN}" }`],
    ['another way to the host', (url) => `{ url: "http://shop.example:${new URL(url).port}/" }`],
  ])('sends what the check sent: %s', async (_, http) => {
    const { url, heard } = await noting();
    const { port } = new URL(url);
    const more = http(url).includes('shop.example') ? `    resolve: "shop.example:${port}:127.0.0.1"\n` : '';
    const curl = await commandOf(http(url), { more });
    for (const secret of Object.values(secrets)) expect(curl).not.toContain(secret);
    await run('sh', ['-c', curl], { cwd: root, env: { PATH: process.env.PATH, ...secrets } });
    const query = (text = '') =>
      text.replace(/^(\S+ \S*)/, (line) => line.replace(/\+/g, '%20').toLowerCase());
    expect(query(heard[1])).toBe(query(heard[0]));
  });

  it.each<[string, string, string, string]>([
    [
      'follows as the check does',
      '{ url: "https://127.0.0.1:1/", follow: true, max-redirects: 3 }',
      '',
      '--location --max-redirs 3 --proto-redir =https',
    ],
    ['speaks the version', '{ url: "http://127.0.0.1:1/", version: 2 }', '', '--http2-prior-knowledge'],
    [
      'trusts whom the check trusts',
      '{ url: "https://127.0.0.1:1/", tls: { verify: false, min-version: 1.3 } }',
      '',
      '--tlsv1.3 --insecure',
    ],
    ['goes around the proxy', '{ url: "http://127.0.0.1:1/", proxy: none }', '', "--noproxy '*'"],
    [
      'goes by the proxy',
      '{ url: "http://127.0.0.1:1/", proxy: "http://127.0.0.1:2" }',
      '',
      '--proxy http://127.0.0.1:2',
    ],
    ['takes the family', 'http://127.0.0.1:1/', '    ip: 4\n', '--ipv4'],
    [
      'goes elsewhere',
      'http://127.0.0.1:1/',
      '    connect-to: "::127.0.0.1:2"\n',
      '--connect-to ::127.0.0.1:2',
    ],
    [
      'has the time of the check',
      'http://127.0.0.1:1/',
      '    timeout: 1500ms\n',
      '--connect-timeout 1.5 --max-time 1.5',
    ],
    [
      'names what it is told to hide of an address',
      '{ url: "http://127.0.0.1:1/?a-key=x&session=abc", redact-query: [session] }',
      '',
      '--url "http://127.0.0.1:1/?a-key=x&session=$SESSION"',
    ],
  ])('%s', async (_, http, more, words) => {
    const curl = await commandOf(http, { more });
    expect(curl).toContain(words);
  });

  it('names a secret by its variable, also where another is made of it or a step captured it', async () => {
    const { url } = await noting();
    const top = 'variables: { auth: "Key ${TOKEN}" }\n';
    const http = `{ url: "${url}", headers: { authorization: "\${auth}" } }`;
    expect(await commandOf(http, { top })).toContain('--header "authorization: Key $TOKEN"');
    const service = await serve((request, response) =>
      response
        .writeHead(request.url === '/in' ? 200 : 500, { 'set-cookie': 'the-session=s1; Path=/' })
        .end('c4ptured'),
    );
    const steps = [
      '{ name: in, http: /in, expect: { status: 200 }, capture: { the-token: { body: true, redact: true } } }',
      '{ name: own, http: { url: /own, auth: { bearer: "${the-token}" } }, expect: { status: 200 } }',
    ];
    const report = await check(
      `target: ${service}\nscenarios:\n  - name: s\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`,
    );
    expect(report.results[1]?.curl).toContain(
      '--header "authorization: Bearer $the_token" --header "cookie: the-session=$the_session"',
    );
  });

  it('says before it what has to be saved first', async () => {
    const { url } = await noting();
    const curl = await commandOf(`{ method: POST, url: "${url}", body: "${'x'.repeat(17_000)}" }`);
    expect(curl).toMatch(
      /^# Save the body, which is too long for a command or no text, as body\.txt first\.\ncurl .* --data-binary @body\.txt/,
    );
  });

  it('is there only of http checks that did not pass', async () => {
    const url = await serve((_, response) => response.end('ok'));
    const text = `checks:\n  - { name: a, http: "${url}", expect: { status: 200 } }\n  - { name: b, tcp: "127.0.0.1:1" }\n`;
    expect((await check(text)).results.map(({ curl }) => curl)).toEqual([undefined, undefined]);
  });
});
