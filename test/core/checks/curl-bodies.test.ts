// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, serve } from './loopback.ts';

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

afterEach(closeServers);

/** What a service was sent by a check that failed, and then by the command its report shows. */
async function sentTwice(http: (url: string) => string, secrets: Record<string, string> = {}) {
  const heard: unknown[] = [];
  const url = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { 'content-length': length, 'content-type': type, 'transfer-encoding': coding } = request.headers;
      heard.push({ method: request.method, length, type, coding, body });
      response.writeHead(500).end('no');
    });
  });
  const declared = Object.keys(secrets).length === 0 ? '' : `secrets: [${Object.keys(secrets)}]\n`;
  const text = `${declared}checks:\n  - name: c\n    http: ${http(url)}\n    expect: { status: 200 }\n`;
  const curl = (await check(text, { secrets })).results[0]?.curl ?? '';
  for (const secret of Object.values(secrets)) expect(curl).not.toContain(secret);
  await run('sh', ['-c', curl], { env: { PATH: process.env.PATH ?? '', ...secrets } });
  return { heard, curl };
}

describe('a curl command', () => {
  it.skipIf(!hasCurl).each([
    ['a harmless one', 's3cret'],
    ['quotes and backslashes', 'a"b\\c\\"d'],
    ['what a shell would read', `it's $HOME \`x\` $(y) & 100% !!`],
    ['what sed would read', '/&/\\1;s/a/b/'],
    ['other letters', 'pässwörd 😀'],
    ['what printf would read', '%s\\n-n'],
  ])('sends JSON with a secret in it as the check did: %s', async (_, PW) => {
    const { heard } = await sentTwice(
      (url) => `{ method: POST, url: "${url}", json: { p: "\${PW}", q: ["x\${PW}!y", 'a"b'] } }`,
      { PW },
    );
    expect(heard[1]).toEqual(heard[0]);
    expect(JSON.parse((heard[1] as { body: string }).body)).toEqual({ p: PW, q: [`x${PW}!y`, 'a"b'] });
  });

  it('says what it cannot do for a secret in JSON', async () => {
    const { curl } = await sentTwice((url) => `{ method: POST, url: "${url}", json: { p: "\${PW}" } }`, {
      PW: 's3cret',
    });
    expect(curl).toMatch(
      /^# Of a secret in JSON the command escapes quotes and backslashes; write line breaks in it as \\n\.\ncurl /,
    );
  });

  it.skipIf(!hasCurl).each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'says of a body that there is none where the check does: %s',
    async (method) => {
      const { heard } = await sentTwice((url) => `{ method: ${method}, url: "${url}" }`);
      expect(heard[1]).toEqual(heard[0]);
    },
  );

  const led =
    '# Where a redirect makes a GET of it, the check leaves out the headers of a body, and curl goes on with what the command names.';
  it.each([
    [
      'a POST with a body',
      '{ method: POST, url: "http://127.0.0.1:1/", follow: true, json: { a: 1 } }',
      true,
    ],
    ['a PUT', '{ method: PUT, url: "http://127.0.0.1:1/", follow: true, body: x }', true],
    ['a GET', '{ url: "http://127.0.0.1:1/", follow: true }', false],
    ['a POST that follows nowhere', '{ method: POST, url: "http://127.0.0.1:1/", json: { a: 1 } }', false],
  ])('says where curl goes on otherwise after a redirect: %s', async (_, http, isTold) => {
    const report = await check(`checks:\n  - name: c\n    http: ${http}\n    expect: { status: 200 }\n`);
    expect(report.results[0]?.curl?.split('\n').includes(led)).toBe(isTold);
  });
});
