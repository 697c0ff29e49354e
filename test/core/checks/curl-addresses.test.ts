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

/** A service that fails every check, and notes the addresses that it was asked for. */
async function noting() {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(500).end();
  });
  return { url, asked };
}

async function commandOf(http: string, secrets: Readonly<Record<string, string>>, top = '') {
  const text = `${top}secrets: [${Object.keys(secrets).join(', ')}]\nchecks:\n  - name: c\n    http: ${http}\n    expect: { status: 200 }\n`;
  return (await check(text, { secrets })).results[0]?.curl ?? '';
}

describe('the address of a curl command', () => {
  it.skipIf(!hasCurl).each<[string, string, (url: string) => Record<string, string>, string]>([
    ['a secret', '"${HOOK}"', (url) => ({ HOOK: `${url}/hook/s3cret?a=1` }), '--url "$HOOK"'],
    [
      'a secret in a mapping',
      '{ method: POST, url: "${HOOK}", body: x }',
      (url) => ({ HOOK: `${url}/hook/s3cret` }),
      '--url "$HOOK"',
    ],
    ['a secret and a path', '"${BASE}/a%20b?x=1"', (url) => ({ BASE: url }), '--url "$BASE/a%20b?x=1"'],
    [
      'a secret and a query',
      '{ url: "${HOOK}", query: { a: "b c", t: "${T}" } }',
      (url) => ({ HOOK: `${url}/hook/s3cret`, T: 's3cret&' }),
      '--url-query "a=b c" --url-query "t=$T"',
    ],
    ['a secret of which the path is made', '"${PATH_}"', () => ({ PATH_: '/hook/s3cret' }), '$PATH_"'],
    [
      'a secret host',
      '"http://${HOST_}/x"',
      (url) => ({ HOST_: new URL(url).host }),
      '--url "http://$HOST_/x"',
    ],
  ])('is %s, as the check asks it', async (_, http, secretsOf, words) => {
    const { url, asked } = await noting();
    const secrets = secretsOf(url);
    const curl = await commandOf(http, secrets, `target: ${url}/\n`);
    expect(curl.replaceAll("'", '"')).toContain(words);
    expect(curl).not.toContain('s3cret');
    await run('sh', ['-c', curl], { env: { PATH: process.env.PATH, ...secrets } });
    expect(asked[1]?.replaceAll('+', '%20')).toBe(asked[0]?.replaceAll('+', '%20'));
  });

  it('names each of two of a name, and takes no name of a secret', async () => {
    const { url } = await noting();
    const curl = await commandOf(`"${url}/?token=a&x=1&token=b&token=a&secret="`, { TOKEN_2: 's3cret' });
    expect(curl).toContain(`--url "${url}/?token=$TOKEN&x=1&token=$TOKEN_3&token=$TOKEN&secret="`);
  });

  it('is none where a secret is a part of it that no command can name, which is said', async () => {
    const { url } = await noting();
    expect(await commandOf('"/x"', { BASE: url }, 'target: "${BASE}"\n')).toBe(
      '# Without the values of its secrets this request is no command.',
    );
  });
});
