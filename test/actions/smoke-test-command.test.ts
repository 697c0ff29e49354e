import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { closeServers, serve } from '../core/checks/loopback.ts';

const main = join(root, 'actions/smoke-test/src/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'belay-command-'));
const file = join(folder, 'smoke.yml');

let url = '';
beforeAll(() =>
  writeFileSync(
    file,
    `version: 1
secrets: [TOKEN]
checks:
  - { name: home, tags: [fast], http: /, expect: { status: 200 } }
  - { name: orders, http: { url: /orders, auth: { bearer: "\${TOKEN}" } }, expect: { body: { contains: seven } } }
`,
  ),
);
afterEach(closeServers);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Calls the command as a person would, from the folder of the file. */
function smoke(
  args: readonly string[],
  env: Record<string, string> = {},
  onStart?: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], { cwd: folder, env });
  onStart?.(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

async function shop(): Promise<void> {
  url = await serve((request, response) => {
    const known = request.headers.authorization === 'Bearer t0p-s3cret';
    response.end(
      request.url === '/orders' && known ? 'seven orders' : `who is ${request.headers.authorization}?`,
    );
  });
}

describe('the command', () => {
  it('passes: a line for each check, the verdict, exit code 0', async () => {
    await shop();
    const { code, out, err } = await smoke(['--file', 'smoke.yml', '--url', url, '--secret', 'TOKEN'], {
      TOKEN: 't0p-s3cret',
    });
    expect([code, err]).toEqual([0, '']);
    expect(out.replace(/\d+ ms/g, 'N ms')).toBe(`✓  home    GET ${url}/ → 200  N ms
✓  orders  GET ${url}/orders → 200  N ms

PASS  2 of 2 gate checks passed in N ms.
`);
  });

  it('fails with the evidence and its place, exit code 1, and shows no secret', async () => {
    await shop();
    const args = ['--file', 'smoke.yml', '--var', `url=${url}`, '--secret', 'TOKEN', '--html', 'report.html'];
    const { code, out, err } = await smoke(args, { TOKEN: 'wr0ng-s3cret' });
    expect([code, err]).toEqual([1, `✗ orders, attempt 1: GET ${url}/orders → 200\n`]);
    expect(out).toContain(
      '    body: expected contains "seven", got "who is Bearer ***?"\n    at smoke.yml:5:91\n',
    );
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('who is Bearer ***?');
    expect(`${out}${page}`).not.toContain('wr0ng-s3cret');
  });

  it('prints TAP of the selected checks for a pipe, and nothing else', async () => {
    await shop();
    const args = ['--file', 'smoke.yml', '--url', url, '--secret', 'TOKEN', '--tags', 'fast', '--tap'];
    expect((await smoke(args, { TOKEN: 't0p-s3cret' })).out).toBe(
      'TAP version 14\n1..1\nok 1 - home\n# pass: What serves passed every gate check.\n',
    );
  });

  it('validates without sending anything or needing a secret', async () => {
    const args = ['--file', 'smoke.yml', '--url', 'https://127.0.0.1:1', '--validate'];
    const valid = {
      code: 0,
      out: '2 checks can be used. The checks can be used; nothing was sent.\n',
      err: '',
    };
    expect(await smoke(args)).toEqual(valid);
    expect(await smoke([...args, '--secret', 'TOKEN'], { TOKEN: '' })).toEqual(valid);
  });

  it('ends with 2 on what cannot be used, and says what to do', async () => {
    const { code, out, err } = await smoke(['--file', 'absent.yml']);
    expect([code, out, err.trimEnd().split('\n')]).toEqual([
      2,
      '',
      [
        `checks-invalid: The checks cannot be used: No file matches "absent.yml" in ${folder}.`,
        'Correct the places named below.',
      ],
    ]);
  });

  it('says the verdict even when the page cannot be written', async () => {
    const url = await serve((_, response) => response.end('{}'));
    const args = ['--url', url, '--file', 'smoke.yml', '--secret', 'TOKEN'];
    const { code, out, err } = await smoke([...args, '--only', 'home', '--html', 'absent/page.html'], {
      TOKEN: 'abcd-1234',
    });
    expect([code, out]).toEqual([2, expect.stringContaining('PASS')]);
    expect(err).toMatch(/^input-invalid: "absent\/page\.html" cannot be written: ENOENT/);
    expect(err).not.toContain('at async');
  });

  it('explains itself to who says nothing', async () => {
    const { code, out } = await smoke([]);
    expect(code).toBe(2);
    expect(out).toMatch(
      /^Usage: .*--file checks\.yml[\s\S]*Exit codes: 0 pass, 1 fail or inconclusive, 2 error\.\n$/,
    );
  });

  it('stops at Ctrl-C', async () => {
    let child: ChildProcess | undefined;
    const slow = await serve(() => child?.kill('SIGINT'));
    const ended = await smoke(['--url', slow], {}, (started) => {
      child = started;
    });
    expect([ended.code, ended.err]).toEqual([130, 'Stopped.\n']);
  });
});
