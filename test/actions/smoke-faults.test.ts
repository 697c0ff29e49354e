import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { eventually } from '../support/eventually.ts';

const shared = process.env.BELAY_SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const folder = join(shared, 'cases/smoke-faults');
const absent = !existsSync(folder);

interface Case {
  readonly file: string;
  readonly variables: readonly string[];
  /** Exit codes that are right. */
  readonly codes: readonly number[];
  readonly withinMs: number;
  readonly why: string;
}

/** The rows of the table that comes with the cases, so that none is left out. */
function cases(): readonly Case[] {
  const rows = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(
    /^\| (\d\d-[\w-]+) \| ?(.*?) ?\| (.*?) \| (.*?) \|$/gm,
  );
  return [...rows].map(([, file = '', variables = '', right = '', why = '']) => ({
    file,
    variables: [...variables.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one),
    codes: [...(right.split(',')[0] ?? '').matchAll(/\d/g)].map(Number),
    withinMs: 1_000 * Number(/within (\d+) s/.exec(right)?.[1] ?? 60),
    why,
  }));
}

describe.skipIf(absent)('check files that were judged wrongly once (skips without ../shared/cases)', () => {
  let server: ChildProcess;
  beforeAll(async () => {
    server = spawn(process.execPath, ['server.mjs', '120'], { cwd: folder, stdio: 'ignore' });
    const answers = () =>
      fetch('http://127.0.0.1:18200/bytes').then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(answers);
  });
  afterAll(() => void server.kill());

  it('are the twenty-two of the table, or more', () => {
    expect(cases().length).toBeGreaterThanOrEqual(22);
  });

  // One after the other: some count what they are asked.
  it.each(absent ? [] : cases())('$file: $why', async ({ file, variables, codes, withinMs }) => {
    const { code, ms, text } = await smoke(file, variables);
    expect(codes, text).toContain(code);
    expect(ms).toBeLessThan(withinMs);
  });
});

/** The command of the bundle, from the folder of the cases. */
async function smoke(
  file: string,
  variables: readonly string[],
): Promise<{ readonly code: number | null; readonly ms: number; readonly text: string }> {
  const from = performance.now();
  const args = ['--file', `${file}.yml`, ...variables.flatMap((one) => ['--var', one])];
  const child = spawn(process.execPath, [join(root, 'dist/smoke-test/index.js'), ...args], {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ms: performance.now() - from, text };
}
