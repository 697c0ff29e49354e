import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/root.ts';
import type { Figure } from '../figure.ts';
import { repeat } from '../ground.ts';

const parallel = 16;
const rounds = 7;

/** Many checks of an endpoint that answers after 5 ms, beside the tools people would take instead. */
export async function measureChecks(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-bench-'));
  const server = createServer((_, response) => setTimeout(() => response.end('{"ok":true}'), 5));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await measured(folder, url);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

async function measured(folder: string, url: string): Promise<readonly Figure[]> {
  const hasHurl = spawnSync('hurl', ['--version']).status === 0;
  const hurlFiles = hasHurl ? writeHurlFiles(folder, url, 1000) : [];
  const thousand = await repeat(rounds, async () => {
    const before = await curl(folder, url, 1000);
    const ours = await smoke(folder, url, 1000);
    const theirs = hasHurl ? await hurl(hurlFiles) : undefined;
    const curlMs = (before.ms + (await curl(folder, url, 1000)).ms) / 2;
    return { ratio: ours.ms / curlMs, hurl: theirs && theirs.ms / curlMs, megabytes: ours.megabytes };
  });
  const many = await smoke(folder, url, 10_000);
  const how = `5 ms endpoint, ${parallel} at a time, a status and a JSONPath each, process start included`;
  const memory = thousand.map(({ megabytes }) => megabytes);
  const usual = Math.min(...memory);
  const hurlRatios = thousand.flatMap(({ hurl }) => hurl ?? []);
  const beside = hasHurl ? '' : '; hurl is not on PATH, so its figure is left out';
  return [
    {
      name: '1,000 checks, against curl -Z',
      unit: '×',
      values: thousand.map(({ ratio }) => ratio),
      atMost: 1.5,
      how: `${how} ÷ curl -Z, which asserts nothing, just before and after${beside}`,
    },
    ...(hasHurl
      ? [{ name: '1,000 files by hurl, against curl -Z', unit: '×' as const, values: hurlRatios, how }]
      : []),
    { name: '1,000 checks: peak memory', unit: 'MB', values: memory, atMost: 120, how },
    {
      name: '10,000 checks: peak memory',
      unit: '×',
      values: [many.megabytes / usual],
      atMost: 1.3,
      how: 'against 1,000 checks',
    },
  ];
}

interface Measured {
  readonly ms: number;
  readonly megabytes: number;
}

function smoke(folder: string, url: string, count: number): Promise<Measured> {
  const checks = Array.from({ length: count }, (_, index) =>
    [
      `  - name: check ${index}`,
      `    http: GET /item/${index}`,
      '    expect: { status: 200, jsonpath: { $.ok: true } }',
    ].join('\n'),
  );
  const file = join(folder, `checks-${count}.yml`);
  writeFileSync(file, `version: 1\ntarget: ${url}\nchecks:\n${checks.join('\n')}\n`);
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE'].map((name) => {
      const path = join(folder, name);
      writeFileSync(path, '');
      return [name, path];
    }),
  );
  return run(process.execPath, [join(root, 'dist/smoke-test/index.js')], {
    ...files,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
    INPUT_CHECKS: file,
    INPUT_TIMEOUT: '10m',
    'INPUT_WORKING-DIRECTORY': '.',
    INPUT_ENVIRONMENT: 'production',
  });
}

function curl(folder: string, url: string, count: number): Promise<Measured> {
  const file = join(folder, 'curl.txt');
  const lines = Array.from(
    { length: count },
    (_, index) => `url = ${url}/item/${index}\noutput = /dev/null\n`,
  );
  writeFileSync(file, lines.join(''));
  return run('curl', ['-s', '-Z', '--parallel-max', String(parallel), '-K', file], {});
}

/** One file a check: hurl takes the entries of one file one after the other. */
function writeHurlFiles(folder: string, url: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const file = join(folder, `${index}.hurl`);
    writeFileSync(file, `GET ${url}/item/${index}\nHTTP 200\n[Asserts]\njsonpath "$.ok" == true\n`);
    return file;
  });
}

function hurl(files: readonly string[]): Promise<Measured> {
  return run('hurl', ['--test', '--parallel', '--jobs', String(parallel), ...files], {});
}

/** Runs a process to its end; the peak memory of it and of those it starts is read from /proc, 0 where there is none. */
async function run(command: string, args: readonly string[], env: Record<string, string>): Promise<Measured> {
  const from = performance.now();
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  let kilobytes = 0;
  const watching = setInterval(() => {
    kilobytes = Math.max(kilobytes, residentOf(child.pid));
  }, 10);
  const [code] = await once(child, 'exit');
  clearInterval(watching);
  const ms = performance.now() - from;
  if (code !== 0)
    throw new Error(`${command} exited with ${code}:\n${Buffer.concat(output).subarray(-2000)}`);
  return { ms, megabytes: kilobytes / 1000 };
}

/** What a process and those it has started hold at this moment. */
function residentOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    return children
      .split(' ')
      .reduce((sum, child) => sum + (child === '' ? 0 : residentOf(Number(child))), own);
  } catch {
    return 0;
  }
}
