// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { validateChecks } from '../../../packages/core/src/checks/validate-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import type { CheckOptions } from './loopback.ts';
import { check, closeServers, serve } from './loopback.ts';

const door = new ChecksProcess({});
afterAll(() => door.close());

const folder = mkdtempSync(join(tmpdir(), 'belay-files-'));
const root = join(folder, 'workspace');
const sockets = createServer();
const secret = 'AKIAOFTHISMACHINE';
const good = 'version: 1\nchecks:\n  - { name: a, http: /, expect: { status: 200 } }\n';

beforeAll(async () => {
  for (const name of ['.git', 'sub/.GIT', 'outside'].map((one) => join(root, one)))
    mkdirSync(name, { recursive: true });
  mkdirSync(join(folder, 'elsewhere'));
  writeFileSync(join(folder, 'elsewhere', 'key'), secret);
  writeFileSync(join(folder, 'elsewhere', 'good.yml'), good);
  writeFileSync(join(root, 'body.txt'), 'hello');
  writeFileSync(join(root, '.git', 'config'), secret);
  writeFileSync(join(root, 'sub/.GIT', 'config'), secret);
  writeFileSync(join(root, 'large.bin'), '');
  truncateSync(join(root, 'large.bin'), 16 * 1024 * 1024 + 1);
  symlinkSync(join(folder, 'elsewhere', 'key'), join(root, 'link'));
  symlinkSync(join(folder, 'elsewhere'), join(root, 'away'));
  symlinkSync('/proc/self/environ', join(root, 'environ'));
  symlinkSync('body.txt', join(root, 'inner'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  await new Promise<void>((resolve) => sockets.listen(join(root, 'socket'), resolve));
});
afterEach(closeServers);
afterAll(() => {
  sockets.close();
  rmSync(folder, { recursive: true });
});

async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const failure = await work.then(
    () => undefined,
    (error: ActionFailure) => error,
  );
  return [failure?.code ?? 'none', ...(failure?.details ?? [])];
}

const outside = 'lies outside the workspace, symbolic links followed: checks read nothing else';
const git = 'is part of .git, which may hold the token of the job: checks never read it';
const irregular = 'is no regular file: folders, pipes, sockets and devices are not read';

const refused: readonly (readonly [string, string, string])[] = [
  ['the environment of this process', '/proc/self/environ', 'is part of /proc, which checks never read'],
  ['the same by a link', 'environ', 'is part of /proc, which checks never read'],
  ['a setting of the system', '/sys/kernel/mm', 'is part of /sys, which checks never read'],
  ['a device', '/dev/null', 'is part of /dev, which checks never read'],
  ['a file beside the workspace', '../elsewhere/key', outside],
  ['a link that leads out', 'link', outside],
  ['a link of a folder that leads out', 'away/key', outside],
  ['a path that leads out and in again by name only', 'away/../elsewhere/key', 'is not there'],
  ['the configuration of git', '.git/config', git],
  ['the same in other letters', 'sub/.GIT/config', git],
  ['a pipe, which would never end', 'pipe', irregular],
  ['a socket', 'socket', irregular],
  ['a folder', 'outside', irregular],
  ['more than 16 MiB', 'large.bin', 'is larger than 16 MiB'],
  ['nothing', 'absent', 'is not there'],
];

describe('a file named in a check', () => {
  it('is sent, also by a link within the workspace', async () => {
    const url = await serve((request, response) => request.pipe(response));
    const http = `{ method: PUT, url: "${url}", multipart: { a: { file: body.txt }, b: { file: inner } } }`;
    const report = await check(`- { name: a, http: ${http}, expect: { body: { contains: hello } } }`, {
      root,
    });
    expect(report.outcome).toBe('pass');
  });

  it.each(refused)('is refused when it is %s', async (_, path, rule) => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    const checks = [
      `http: { method: PUT, url: "${url}", file: "${path}" }, expect: { status: 200 }`,
      `http: { method: PUT, url: "${url}", multipart: { a: { file: "\${p}" } } }, expect: { status: 200 }`,
      `http: { url: "${url}", tls: { ca: "${path}" } }, expect: { status: 200 }`,
      `http: { url: "${url}", client-cert: { cert: "${path}", key: "${path}" } }, expect: { status: 200 }`,
      `http: "${url}", expect: { schema: "\${p}" }`,
    ];
    const text = `variables: { p: "${path}" }\nchecks:\n${checks.map((one, index) => `- { name: c${index}, ${one} }`).join('\n')}`;
    const details = await refusal(check(text, { root }));
    expect(details).toEqual([
      'checks-invalid',
      ...checks.map(
        (_check, index) =>
          `checks:${index + 3}:3: Check "c${index}": The file "${path}" cannot be used: it ${rule}.`,
      ),
    ]);
    expect(asked).toEqual([]);
  });

  it.each(refused)('is refused as a schema when it is %s', async (_, path, rule) => {
    const text = `- { name: a, http: /, expect: { schema: "${path}" } }`;
    expect(await refusal(loadChecks(text, { root }))).toEqual([
      'checks-invalid',
      `checks:1:41: The schema "${path}" cannot be used: it ${rule}.`,
    ]);
  });

  it('shows nothing of what stands in it, when it is no schema', async () => {
    writeFileSync(join(root, 'token.txt'), secret);
    const text = '- { name: a, http: "http://127.0.0.1:1", expect: { schema: "${p}" } }';
    expect(await refusal(check(text, { root, variables: { p: 'token.txt' } }))).toEqual([
      'checks-invalid',
      'checks:1:3: Check "a": The schema "token.txt" is not JSON.',
    ]);
    expect(await refusal(loadChecks(text.replace('${p}', 'token.txt'), { root }))).toEqual([
      'checks-invalid',
      'checks:1:60: The schema "token.txt" is not JSON.',
    ]);
  });

  it.each([
    ['..', outside],
    ['away', outside],
    ['/proc/self', 'is part of /proc, which checks never read'],
    ['body.txt', 'is no folder'],
    ['absent', 'is not there'],
  ])('refuses %s as the folder of a program', async (path, rule) => {
    const text = `- { name: a, exec: { run: [node], working-directory: "${path}" } }`;
    expect(await refusal(check(text, { root }))).toEqual([
      'checks-invalid',
      `checks:1:3: Check "a": The folder "${path}" cannot be used: it ${rule}.`,
    ]);
  });
});

describe('a check file', () => {
  it.each([
    ['beside the workspace', '../elsewhere/good.yml', '../elsewhere/good.yml', outside],
    ['by a link that leads out', 'away/*.yml', 'away/good.yml', outside],
    [
      'of this process',
      '/proc/self/environ',
      '/proc/self/environ',
      'is part of /proc, which checks never read',
    ],
    ['that is a pipe', 'pipe', 'pipe', irregular],
    ['larger than 1 MiB', 'large.bin', 'large.bin', 'is larger than 1 MiB'],
  ])('%s is refused', async (_, input, file, rule) => {
    const [code, message = '', ...others] = await refusal(loadChecks(input, { root }));
    const shown = message.replace(/"(\.\.\/)*proc/, '"/proc');
    expect([code, shown, others]).toEqual([
      'checks-invalid',
      `The check file "${file}" cannot be used: it ${rule}.`,
      [],
    ]);
  });

  it.each([
    ['a file of plain text', secret],
    ['a file of a mapping', `${secret}: 1\npassword: ${secret}`],
    ['a file of a list', `- ${secret}`],
    ['a file of JSON', JSON.stringify({ [secret]: secret })],
    ['a file that is no YAML', `"${secret}`],
    ['a file with a tag', `!${secret}!a b`],
    ['a file with another tag', `!<${secret}> b`],
    ['a file with an alias', `*${secret}`],
  ])('that was meant to be another is not shown: %s', async (_, text) => {
    writeFileSync(join(root, 'other.txt'), text);
    const details = await refusal(loadChecks('other.txt', { root }));
    expect(details).toHaveLength(2);
    expect(details.join('\n')).toMatch(/^checks-invalid\nother\.txt:1:\d+: This is (no check file|not YAML)/);
    expect(details.join('\n')).not.toContain(secret);
  });
});

describe('a run that is not trusted', () => {
  const untrusted = 'This run was started by a pull request from a fork.';
  const advice = `That is refused here: ${untrusted} Move it to a check file that only runs of accepted code use.`;
  const options: CheckOptions = { root, untrusted };

  it('uses no secret, file or program, and says each place', async () => {
    const text = `secrets: [A, B]
checks:
- { name: a, exec: [node], if: never }
- { name: b, http: { url: /, file: body.txt }, expect: { status: 200 } }
- { name: c, http: { url: /, multipart: { a: { file: body.txt } } }, expect: { schema: s.json } }
- { name: d, http: { url: /, tls: { ca: ca.pem } }, expect: { json: { not-schema: s.json } } }
- { name: e, http: { url: /, client-cert: { cert: c.pem, key: "\${K}" } }, expect: { status: 200 } }
scenarios:
- { name: s, steps: [{ name: f, exec: { run: [node] } }] }`;
    expect(await refusal(check(text, options))).toEqual([
      'checks-invalid',
      `checks:1:11: This uses a secret. ${advice}`,
      `checks:1:14: This uses a secret. ${advice}`,
      `checks:3:14: This runs a program. ${advice}`,
      `checks:4:36: This reads a file. ${advice}`,
      `checks:5:54: This reads a file. ${advice}`,
      `checks:5:88: This reads a file. ${advice}`,
      `checks:6:41: This reads a file. ${advice}`,
      `checks:6:83: This reads a file. ${advice}`,
      `checks:7:51: This reads a file. ${advice}`,
      `checks:9:33: This runs a program. ${advice}`,
    ]);
  });

  it('reads no file that only a variable names', async () => {
    const text =
      '- { name: a, http: { url: "http://127.0.0.1:1", tls: { ca: "${p}" } }, expect: { status: 200 } }';
    expect(await refusal(check(text, { ...options, variables: { p: 'body.txt' } }))).toEqual([
      'checks-invalid',
      `checks:1:3: Check "a": The file "body.txt" would be read. ${advice}`,
    ]);
  });

  it('sends no protection bypass, since the check file may set the target', async () => {
    const url = await serve((request, response) =>
      response.end(String(request.headers['x-vercel-protection-bypass'])),
    );
    const said = async (more: CheckOptions) => {
      const text = `target: "${url}"\nchecks:\n- { name: a, http: /, expect: { body: none } }`;
      const report = await check(text, { protectionBypass: 'by-pass-secret', ...more });
      return report.results[0]?.attempts[0]?.failures[0]?.actual;
    };
    expect([await said({}), await said(options)]).toEqual(['"***"', '"undefined"']);
  });

  it('asks what needs none of them', async () => {
    const url = await serve((_, response) => response.end('hello'));
    const text = `- { name: a, http: "${url}", expect: { body: hello, schema: { type: string } } }`;
    expect((await check(text.replace(', schema: { type: string }', ''), options)).outcome).toBe('pass');
  });

  it('may be told what is wrong with its checks, which sends nothing', async () => {
    const text =
      'secrets: [A]\nchecks:\n- { name: a, http: { url: "http://a.example", file: body.txt }, expect: { status: 200 } }';
    expect(await validateChecks(door, text, { root, variables: {}, secrets: {} })).toBe(1);
  });
});
