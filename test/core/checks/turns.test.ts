import { afterEach, describe, expect, it } from 'vitest';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { openProber } from '../../../packages/core/src/checks/run/open-prober.ts';
import type { AskTask } from '../../../packages/core/src/checks/run/prober.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';
import { closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** A prober of three checks, one at a time, of a service that answers each after 60 ms. */
async function proberOfThree() {
  let under = 0;
  let most = 0;
  const url = await serve((_, response) => {
    most = Math.max(most, ++under);
    setTimeout(() => {
      under--;
      response.end();
    }, 60);
  });
  const names = ['a', 'b', 'c'];
  const checks = names.map((name) => `  - { name: ${name}, http: /, expect: { status: 200 } }\n`);
  const file = await loadChecks(`concurrency: 1\ntarget: ${url}\nchecks:\n${checks.join('')}`, { root: '.' });
  const values = {
    variables: {},
    secrets: {},
    redactor: new Redactor([]),
    build: undefined,
    only: undefined,
  };
  const prober = await openProber(file, values, {
    clock: systemClock,
    from: systemClock.monotonic(),
    signal: new AbortController().signal,
    proxyEnv: {},
    env: {},
    patterns: new PatternThread(),
    judging: (work: () => unknown) => work(),
  } as never);
  return { prober, most: () => most };
}

const task = (leftMs: number): AskTask => ({ number: 1, timeoutMs: 5000, leftMs, purpose: 'none' });

describe('attempts that are asked for ahead', () => {
  it('have their turn when there is room, and no sooner', async () => {
    const { prober, most } = await proberOfThree();
    const tried = await Promise.all([0, 1, 2].map((at) => prober.ask(at, task(10_000))));
    expect([tried.map(({ attempt }) => attempt.outcome), most()]).toEqual([['pass', 'pass', 'pass'], 1]);
  });

  it('pay for waiting with the time of the run, and say nothing where that is over', async () => {
    const { prober } = await proberOfThree();
    const tried = await Promise.all([
      prober.ask(0, task(10_000)),
      prober.ask(1, task(90)),
      prober.ask(2, task(50)),
    ]);
    expect(tried.map(({ attempt, cutShort }) => [attempt.outcome, attempt.failureClass, cutShort])).toEqual([
      ['pass', undefined, false],
      ['fail', 'timeout', true],
      ['fail', 'timeout', true],
    ]);
    expect(tried[2]?.attempt.summary).toBe('not asked, since the time was up');
  });
});
