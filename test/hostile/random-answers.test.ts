import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChecksProcess } from '../../packages/core/src/checks/cage/caged-checks.ts';
import { childrenOf, residentOf } from '../support/processes.ts';
import { checkTexts } from './check-texts.ts';
import { running, verdictProblem } from './judge.ts';
import type { Order } from './mutants-process.ts';
import { shippedChecks } from './shipped-checks.ts';

const count = Number(process.env.BELAY_HOSTILE ?? 5000);
const firstSeed = Number(process.env.BELAY_HOSTILE_SEED ?? 1);
const timeoutMs = 1000;
const folder = mkdtempSync(join(tmpdir(), 'belay-hostile-'));
const authority = join(folder, 'root.pem');

const child = fork(new URL('./mutants-process.ts', import.meta.url), { stdio: 'inherit' });
const waiting = new Map<number, (port: number) => void>();

beforeAll(async () => {
  const [{ root }] = (await once(child, 'message')) as [{ root: string }];
  writeFileSync(authority, root);
  child.on('message', ({ id, port }: { id: number; port: number }) => waiting.get(id)?.(port));
});
afterAll(() => {
  if (child.connected) child.disconnect();
  rmSync(folder, { recursive: true });
});

function ordered(order: Order): Promise<number> {
  child.send(order);
  return new Promise((resolve) => waiting.set(order.id, resolve));
}

/** The most memory that the process of the checks had, sampled; megabytes. */
function peakMemory() {
  let peak = 0;
  const timer = setInterval(() => {
    for (const pid of childrenOf(process.pid)) if (pid !== child.pid) peak = Math.max(peak, residentOf(pid));
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return Math.round(peak);
    },
  };
}

/** As many checks as a run asks in one go. */
const batch = 64;

describe('a random hostile answer', () => {
  it('is judged in time and in little memory, by a verdict and nothing else', async () => {
    const types = Object.keys(checkTexts(1, '1s', 'c'));
    const orders = Array.from({ length: count }, (_, id): Order => {
      const type = types[id % types.length] ?? '';
      return { id, type, seed: firstSeed * 1_000_003 + id };
    });
    const problems: string[] = [];
    const outcomes: Record<string, number> = {};
    const started = performance.now();
    const memory = peakMemory();
    const door = new ChecksProcess({ NODE_EXTRA_CA_CERTS: authority }, shippedChecks);
    for (let from = 0; from < count; from += batch) {
      const some = orders.slice(from, from + batch);
      const texts = await Promise.all(
        some.map(
          async (order) => checkTexts(await ordered(order), `${timeoutMs}ms`, String(order.id))[order.type],
        ),
      );
      const began = performance.now();
      const checks = await door.open(texts.join('\n'), { root: '.' });
      const report = await checks.run(running);
      const tookMs = Math.round(performance.now() - began);
      for (const result of report.results) {
        const reason = result.outcome === 'fail' ? result.reason : result.outcome;
        outcomes[reason] = (outcomes[reason] ?? 0) + 1;
        const problem = verdictProblem(result);
        const order = orders[Number(result.name)];
        if (problem !== undefined) problems.push(`${order?.type}, seed ${order?.seed}: ${problem}`);
      }
      // Sixteen at a time, each within its second; and a worker that had to be ended is another three.
      if (tookMs > (batch / 16) * (timeoutMs + 500) + 4000)
        problems.push(`batch from ${from}: took ${tookMs} ms`);
      for (const { id } of some) {
        child.send({ done: id });
        waiting.delete(id);
      }
    }
    door.close();
    const peak = memory.stop();
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(
      `${count} random hostile answers in ${seconds} s: ${JSON.stringify(outcomes)}; at most ${peak} MB\n`,
    );
    expect(problems).toEqual([]);
    expect(child.connected, 'the servers are still there').toBe(true);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThanOrEqual(200);
  });
});
