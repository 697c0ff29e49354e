// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import { root } from '../../../scripts/root.ts';
import { check, closeServers, serve } from './loopback.ts';

const tools = createTools({ clock: systemClock, print: () => {} });

/** The block of the page that runs hurl. */
const recipe = [...readFileSync(join(root, 'docs/checks.md'), 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)]
  .map(([, text = '']) => text)
  .find((text) => text.includes('run: [hurl'));

/** Whether there is a hurl that knows secrets of the environment. */
function hasHurl(): boolean {
  try {
    const [, major = 0, minor = 0] =
      /^hurl (\d+)\.(\d+)/.exec(execFileSync('hurl', ['--version'], { encoding: 'utf8' })) ?? [];
    return Number(major) * 100 + Number(minor) >= 701;
  } catch {
    return false;
  }
}

/** Understands just the files of this test: a request line, headers, a status. */
const standIn = `#!${process.execPath}
const { readdirSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
const values = {};
for (const [name, value] of Object.entries(process.env)) if (name.startsWith('HURL_SECRET_')) values[name.slice(12)] = value;
for (const [at, one] of args.entries()) if (one === '--variable') values[args[at + 1].split('=')[0]] = args[at + 1].split('=').slice(1).join('=');
if (args[0] !== '--test') process.exit(1);
(async () => {
  const folder = args.at(-1);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(folder + '/' + file, 'utf8').replace(/{{(\\w+)}}/g, (_, name) => values[name] ?? process.exit(3));
    const [request, ...lines] = text.trim().split('\\n');
    const headers = Object.fromEntries(lines.filter((line) => !line.startsWith('HTTP')).map((line) => line.split(': ')));
    const wanted = Number(lines.find((line) => line.startsWith('HTTP')).split(' ')[1]);
    const { status } = await fetch(request.split(' ')[1], { headers });
    if (status === wanted) continue;
    console.error('error: Assert status code: actual ' + status);
    process.exit(4);
  }
})();
`;

let folder = '';
let path = process.env.PATH ?? '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-hurl-recipe-'));
  await mkdir(join(folder, 'hurl'));
  await writeFile(
    join(folder, 'hurl', 'orders.hurl'),
    'GET {{url}}/orders\nAuthorization: Bearer {{token}}\nHTTP 200\n',
  );
  if (hasHurl()) return;
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'hurl'), standIn);
  await chmod(join(folder, 'bin', 'hurl'), 0o755);
  path = `${join(folder, 'bin')}${delimiter}${path}`;
});
afterEach(closeServers);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function ran(status: number) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(status).end();
  });
  const options = {
    tools,
    root: folder,
    env: { PATH: path },
    variables: { url },
    secrets: { API_TOKEN: 't0ken-4711' },
  };
  const { outcome, results } = await check(recipe ?? '', options);
  return { outcome, said: results[0]?.attempts[0]?.summary, asked };
}

describe('files of hurl, run as the page says', () => {
  it('pass when hurl does, with the address and the secret of the run', async () => {
    expect(await ran(200)).toMatchObject({ outcome: 'pass', asked: ['GET /orders Bearer t0ken-4711'] });
  });

  it('fail when hurl does, and show no secret', async () => {
    const { outcome, said } = await ran(500);
    expect([outcome, said]).toEqual(['fail', expect.stringContaining('→ exit 4')]);
    expect(said).not.toContain('t0ken');
  });
});
