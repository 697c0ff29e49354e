import type { ChildProcess } from 'node:child_process';
import { LateChecks } from '../checks/cage/late-checks.ts';
import { systemClock } from '../io/clock.ts';
import { createHttp } from '../io/http/create-http.ts';
import { createTools } from '../io/process/create-tools.ts';
import { Redactor } from '../io/redactor.ts';
import { inBatches } from '../runner/in-batches.ts';
import { logDrained } from '../runner/log-drained.ts';
import type { BareRunner } from '../runner/runner.ts';
import { guardedRunner } from './guarded-runner.ts';
import type { Ports } from './ports.ts';

/**
 * The real ports, for one action. Whatever leaves by one of them is without what was masked, network errors too.
 * `worker`: the process for the checks, where it was started ahead.
 */
export function createPorts(
  name: string,
  bareRunner: BareRunner,
  signal: AbortSignal,
  worker?: ChildProcess,
): Ports {
  const clock = systemClock;
  const secrets = new Redactor([]);
  const runner = guardedRunner(bareRunner, secrets);
  return {
    runner,
    clock,
    signal,
    http: createHttp({ clock, env: runner.env, userAgent: `belay/${name}`, redact: runner.redact }),
    checks: new LateChecks(runner.env, worker),
    // The runner neutralises whatever it prints.
    tools: createTools({
      clock,
      secrets,
      print: inBatches((text) => runner.info(text)),
      drained: () => logDrained(process.stdout),
    }),
  };
}
