import type { ActionDefinition, ActionResult, AttemptProgress, Ports } from '#core';
import { progressText, untrustedRun, withFlyToken, writeChecksReport } from '#core';
import { inputs } from './inputs.ts';
import { probe, validate } from './probe.ts';
import { resultOf, validResult } from './result.ts';

export { keepHeapSmall, runAction } from '#core';
export { command } from './command.ts';

/** Probes the running system and says whether it may be trusted. */
export const action: ActionDefinition = { name: 'smoke-test', exitCodes: { error: 2 }, run };

/** As many as a person may read; of thousands of attempts only those that fail are news. */
const mostTold = 200;

function tellAttempts(runner: Ports['runner']): (progress: AttemptProgress) => void {
  let told = 0;
  return (progress) => {
    if (progress.outcome === 'pass' && ++told > mostTold) return;
    runner.info(progressText(progress));
  };
}

async function run(ports: Ports): Promise<ActionResult> {
  const { runner } = ports;
  // Whatever the inputs say, it will be needed.
  ports.checks.start();
  const given = inputs.read(runner);
  if (given.validateOnly) return validResult(await validate(given, ports));
  const whose = (doors: Ports) => untrustedRun(doors, given);
  const report = await runner.group('Attempts', () => probe(given, ports, tellAttempts(runner), whose));
  const result = resultOf(report, await writeChecksReport(report, runner));
  const { flyApp: app, flyToken: token } = given;
  return app === undefined || token === undefined ? result : withFlyToken(result, token, { app });
}
