import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce } from './at-once.ts';
import { checkTexts } from './check-texts.ts';
import { judge, verdictProblem } from './judge.ts';
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
          text,
        })),
      ),
    );
    const problems: string[] = [];
    const outcomes: Record<string, number> = {};
    const started = performance.now();
    await atOnce(16, asked, async ({ name, text }) => {
      const from = performance.now();
      const problem = await judge(text).then(
        (report) => {
          outcomes[report.outcome] = (outcomes[report.outcome] ?? 0) + 1;
          return report.results[0] && verdictProblem(report.results[0]);
        },
        (error: unknown) => `threw ${error}`,
      );
      const tookMs = Math.round(performance.now() - from);
      if (problem !== undefined) problems.push(`${name}: ${problem}`);
      if (tookMs > timeoutMs + 1000) problems.push(`${name}: took ${tookMs} ms`);
    });
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(
      `${ready.ports.length} peers, ${asked.length} runs in ${seconds} s: ${JSON.stringify(outcomes)}\n`,
    );
    expect(problems).toEqual([]);
    expect(child.connected, 'the peers are still there').toBe(true);
    expect(ready.ports.length).toBeGreaterThanOrEqual(107);
  });
});
