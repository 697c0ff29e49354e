import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { closeServers, serve } from '../core/checks/loopback.ts';

const main = join(root, 'actions/smoke-test/src/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'belay-command-curl-'));
afterEach(closeServers);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function smoke(
  args: readonly string[],
  options: readonly string[] = [],
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['--conditions=source', ...options, main, ...args], {
    cwd: folder,
    env: { TOKEN: 't0p-s3cret' },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

it('--curl prints what failed as a command that a shell takes, and no secret; without it there is none', async () => {
  const url = await serve((_, response) => response.writeHead(500).end('no'));
  writeFileSync(
    join(folder, 'smoke.yml'),
    'version: 1\nsecrets: [TOKEN]\nchecks:\n  - { name: orders, http: { url: /orders?a=b c, auth: { bearer: "${' +
      'TOKEN}" } }, expect: { status: 200 } }\n',
  );
  const args = ['--file', 'smoke.yml', '--url', url, '--secret', 'TOKEN'];
  const { code, out } = await smoke([...args, '--curl']);
  expect(code).toBe(1);
  expect(out).toContain('    │ no\n');
  expect(out.split('\n').find((line) => line.startsWith('curl '))).toBe(
    `curl --silent --show-error --include --globoff --http1.1 --header 'user-agent: belay-smoke-test' --compressed --header "authorization: Bearer $TOKEN" --connect-timeout 3 --max-time 5 --url '${url}/orders?a=b%20c'`,
  );
  expect(out).not.toContain('t0p-s3cret');
  expect((await smoke(args)).out).not.toContain('curl ');
});

it('is called in its help as the package that holds it is', async () => {
  const named = `data:text/javascript,globalThis[Symbol.for('belay.command')]='belay-smoke'`;
  expect((await smoke(['--help'], ['--import', named])).out).toMatch(
    /^Usage: belay-smoke --file checks\.yml /,
  );
});
