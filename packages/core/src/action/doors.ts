import { ChecksProcess } from '../checks/cage/caged-checks.ts';
import { systemClock } from '../clock.ts';
import { createHttp } from '../http/create-http.ts';
import type { Ports } from '../ports.ts';
import { createTools } from '../process/create-tools.ts';
import { Redactor } from '../redactor.ts';
import { inBatches } from '../runner/in-batches.ts';
import { logDrained } from '../runner/log-drained.ts';
import type { Runner } from '../runner/runner.ts';

/** The real doors, for one action. What is masked in the log is also kept out of network errors, which may be written elsewhere. */
export function openDoors(name: string, actionsRunner: Runner, signal: AbortSignal): Ports {
  const clock = systemClock;
  const secrets = new Redactor([]);
  const runner: Runner = {
    ...actionsRunner,
    mask(secret) {
      secrets.add(secret);
      actionsRunner.mask(secret);
    },
  };
  return {
    runner,
    clock,
    signal,
    http: createHttp({
      clock,
      env: runner.env,
      userAgent: `belay/${name}`,
      redact: (text) => secrets.redact(text),
    }),
    checks: new ChecksProcess(runner.env),
    // The runner neutralises whatever it prints.
    tools: createTools({
      clock,
      print: inBatches((text) => runner.info(text)),
      drained: () => logDrained(process.stdout),
    }),
  };
}
