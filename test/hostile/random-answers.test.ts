import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce } from './at-once.ts';
import { checkTexts } from './check-texts.ts';
import type { Order } from './mutants-process.ts';
import type { Question } from './punctual.ts';
import { ask, askLateAgain, noFindings } from './punctual.ts';

const count = Number(process.env.BELAY_HOSTILE ?? 5000);
const firstSeed = Number(process.env.BELAY_HOSTILE_SEED ?? 1);
const timeoutMs = 1000;
const megabyte = 1024 * 1024;

const child = fork(new URL('./mutants-process.ts', import.meta.url), { stdio: 'inherit' });
const waiting = new Map<number, (port: number) => void>();

beforeAll(async () => {
  const [{ root }] = (await once(child, 'message')) as [{ root: string }];
  setDefaultCACertificates([...rootCertificates, root]);
  child.on('message', ({ id, port }: { id: number; port: number }) => waiting.get(id)?.(port));
});
afterAll(() => {
  if (child.connected) child.disconnect();
});

function ordered(order: Order): Promise<number> {
  child.send(order);
  return new Promise((resolve) => waiting.set(order.id, resolve));
}

/** The most memory this process had, sampled; megabytes. */
function peakMemory() {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss() / megabyte);
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return Math.round(peak);
    },
  };
}

/** What cannot be thrown away, once whatever was abandoned has ended; megabytes. */
async function kept(): Promise<number> {
  await setTimeout(1500);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / megabyte);
}

describe('a random hostile answer', () => {
  it('is judged in time and in little memory, by a verdict and nothing else', async () => {
    const types = Object.keys(checkTexts(1, '1s'));
    const orders = Array.from({ length: count }, (_, id): Order => {
      const type = types[id % types.length] ?? '';
      return { id, type, seed: firstSeed * 1_000_003 + id };
    });
    const findings = noFindings();
    const started = performance.now();
    const before = Math.round(process.memoryUsage.rss() / megabyte);
    const memory = peakMemory();
    const question = (order: Order): Question => ({
      name: `${order.type}, seed ${order.seed}`,
      timeoutMs,
      text: async () => checkTexts(await ordered(order), `${timeoutMs}ms`)[order.type] ?? '',
    });
    const judged = async (order: Order) => {
      await ask(question(order), findings);
      child.send({ done: order.id });
      waiting.delete(order.id);
    };
    const warm = Math.ceil(count / 4);
    await atOnce(16, orders.slice(0, warm), judged);
    const early = await kept();
    await atOnce(16, orders.slice(warm), judged);
    const late = await kept();
    const peak = memory.stop();
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(
      `${count} random hostile answers in ${seconds} s: ${JSON.stringify(findings.outcomes)}, ${findings.late.length} late among sixteen; RSS ${before} MB before, ${peak} MB at most; ${early} MB kept after a quarter, ${late} MB at the end\n`,
    );
    await askLateAgain(findings);
    expect(findings.problems).toEqual([]);
    expect(child.connected, 'the servers are still there').toBe(true);
    expect(peak - before).toBeLessThanOrEqual(200);
    expect(late - early).toBeLessThanOrEqual(20);
  });
});
