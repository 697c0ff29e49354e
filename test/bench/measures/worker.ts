import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../../scripts/root.ts';
import type { Figure } from '../figure.ts';
import { repeat } from '../ground.ts';

const rounds = 15;
/** What a deploy waits for meanwhile, milliseconds: its first look at the platform takes longer. */
const meanwhileMs = 400;

const input =
  "- { name: home, http: 'http://127.0.0.1/', expect: { status: 200, jsonpath: { $.ok: true } } }";

/** What checks cost for being in a process of their own, once that was started while something else was awaited. */
export async function measureWorker(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-bench-'));
  try {
    const empty = join(folder, 'empty.cjs');
    writeFileSync(empty, "process.on('message', ([{ id }]) => process.send({ id }));");
    const worker = join(root, 'dist/checks/index.js');
    const values = await repeat(rounds, async () => {
      const before = await answerMs(empty);
      const ours = await answerMs(worker);
      return ours - (before + (await answerMs(empty))) / 2;
    });
    return [
      {
        name: 'checks: read in their own process',
        unit: 'ms',
        values,
        atMost: 15,
        how: `started ${meanwhileMs} ms before, while something else is awaited: call → answer, − that of an empty process just before and after`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the call to the answer of a process that was started before. */
async function answerMs(script: string): Promise<number> {
  const child = start(script);
  await delay(meanwhileMs);
  const from = performance.now();
  child.send([{ id: 1, call: 'load', given: { input, root } }]);
  await once(child, 'message');
  const ms = performance.now() - from;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return ms;
}

function start(script: string): ChildProcess {
  const stdio = ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'] as const;
  const child = spawn(process.execPath, [script], { env: {}, stdio: [...stdio] });
  child.stdio[4]?.on('error', () => {});
  return child;
}
