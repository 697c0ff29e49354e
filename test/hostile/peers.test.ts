import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce } from './at-once.ts';
import { checkTexts } from './check-texts.ts';
import { judge } from './judge.ts';
import { ask, askLateAgain, noFindings } from './punctual.ts';
import { shuffled } from './random.ts';

interface Ready {
  readonly ports: readonly (readonly [string, number])[];
  readonly root: string;
}

const timeoutMs = 500;
const child = fork(new URL('./peers-process.ts', import.meta.url), { stdio: 'inherit' });
let ready: Ready;

beforeAll(async () => {
  [ready] = (await once(child, 'message')) as [Ready];
  setDefaultCACertificates([...rootCertificates, ready.root]);
});
afterAll(() => {
  if (child.connected) child.disconnect();
});

describe('a hostile server', () => {
  it('is judged in time, by a verdict and nothing else, whatever asks it', async () => {
    const asked = shuffled(
      ready.ports.flatMap(([peer, port]) =>
        Object.entries(checkTexts(port, `${timeoutMs}ms`)).map(([type, text]) => ({
          name: `${type} asks ${peer}`,
          text: async () => text,
          timeoutMs,
        })),
      ),
    );
    const findings = noFindings();
    const started = performance.now();
    await atOnce(16, asked, (question) => ask(question, findings));
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(
      `${ready.ports.length} peers, ${asked.length} runs in ${seconds} s: ${JSON.stringify(findings.outcomes)}, ${findings.late.length} late among sixteen\n`,
    );
    await askLateAgain(findings);
    expect(findings.problems).toEqual([]);
    expect(child.connected, 'the peers are still there').toBe(true);
    expect(ready.ports.length).toBeGreaterThanOrEqual(107);
  });

  it.each(['headers that never end', '500 headers', 'headers without a status'])(
    'does not end the process while its session is thrown away: %s',
    async (name) => {
      const port = ready.ports.find(([peer]) => peer === `HTTP/2: ${name}`)?.[1] ?? 0;
      const texts = checkTexts(port, `${timeoutMs}ms`);
      for (let round = 0; round < 40; round++) {
        const asking = ['http2', 'grpc'].flatMap((type) => Array(4).fill(texts[type]));
        await Promise.all(asking.map((text) => judge(text)));
        globalThis.gc?.();
        await setTimeout(5);
        globalThis.gc?.();
      }
      expect(child.connected).toBe(true);
    },
  );
});
