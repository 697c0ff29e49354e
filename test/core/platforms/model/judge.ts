import type { CagedRun, CheckPort, Checks } from '../../../../packages/core/src/checks/cage/caged-checks.ts';
import type { ChecksReport } from '../../../../packages/core/src/checks/check-result.ts';
import type { Clock } from '../../../../packages/core/src/io/clock.ts';
import { good } from '../../../support/checks-report.ts';
import type { ModelWorld } from './world.ts';

/** One check, `home`, which asks the world at the address it is given, as a user would. */
export function modelChecks(world: ModelWorld, clock: Clock, asked: string[]): CheckPort {
  const run = async ({ variables, signal }: CagedRun): Promise<ChecksReport> => {
    await clock.sleep(1_000, signal);
    const { url = '' } = variables;
    asked.push(url);
    const isGood = world.answersWell(url) === true;
    const verdict = isGood
      ? ({ outcome: 'pass', reason: 'verified' } as const)
      : ({ outcome: 'fail', reason: 'checks-failed' } as const);
    return {
      ...verdict,
      started: new Date(clock.now()).toISOString(),
      durationMs: 1_000,
      results: [{ ...good, ...verdict, name: 'home', url, attempts: [attempt(url, isGood)] }],
      successes: { reached: isGood ? 1 : 0, wanted: 1 },
    };
  };
  const checks: Checks = { facts, run, assertBindable: async () => {}, close() {} };
  return { open: async () => checks, start() {}, close() {} };
}

function attempt(url: string, isGood: boolean) {
  const status = isGood ? 200 : 500;
  const failure = { read: 'status', expected: 'equals 200', actual: String(status) };
  return {
    number: 1,
    outcome: isGood ? ('pass' as const) : ('fail' as const),
    status,
    summary: `GET ${url}/ → ${status}`,
    failures: isGood ? [] : [failure],
    phases: { total: 40 },
  };
}

const facts: Checks['facts'] = {
  checks: [{ name: 'home', type: 'http', isGate: true }],
  commands: [],
  secrets: [],
  warnings: [],
  watchMs: 0,
  concurrency: 1,
  failFast: false,
};
