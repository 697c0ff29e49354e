import { ChecksProcess } from '../checks/cage/caged-checks.ts';
import { systemClock } from '../clock.ts';
import { createHttp } from '../http/create-http.ts';
import type { Ports } from '../ports.ts';
import { createTools } from '../process/create-tools.ts';
import { Redactor } from '../redactor.ts';
import { inBatches } from '../runner/in-batches.ts';
import { logDrained } from '../runner/log-drained.ts';
import type { BareRunner } from '../runner/runner.ts';
import { guardedRunner } from './guarded-runner.ts';

/** The real doors, for one action. Whatever leaves by one of them is without what was masked, network errors too. */
export function openDoors(name: string, bareRunner: BareRunner, signal: AbortSignal): Ports {
  const clock = systemClock;
  const secrets = new Redactor([]);
  const runner = guardedRunner(bareRunner, secrets);
  return {
    runner,
    clock,
    signal,
    http: createHttp({ clock, env: runner.env, userAgent: `belay/${name}`, redact: runner.redact }),
    checks: new ChecksProcess(runner.env),
    // The runner neutralises whatever it prints.
    tools: createTools({
      clock,
      secrets,
      print: inBatches((text) => runner.info(text)),
      drained: () => logDrained(process.stdout),
    }),
  };
}
