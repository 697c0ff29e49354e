import type { ActionDefinition, ActionResult, Ports } from '#core';
import { untrustedRun } from '#core';
import type { AttemptProgress } from '#core/checks';
import { answeringPlatform, inBatches, progressText, writeChecksReport } from '#core/checks';
import { maskAddress } from '#core/inputs';
import { inputs } from './inputs.ts';
import { probe, validate } from './probe.ts';
import { resultOf, subjectOf, validResult } from './result.ts';

export { runAction } from '#core';
export { keepHeapSmall } from '#core/checks';
export { command } from './command.ts';

/** Probes the running system and says whether it may be trusted. */
export const action: ActionDefinition = { name: 'smoke-test', kind: 'check', exitCodes: { error: 2 }, run };

/** As many as a person may read; of thousands of attempts only those that fail are news. */
const mostTold = 200;

function tellAttempts(runner: Ports['runner']): (progress: AttemptProgress) => void {
  let told = 0;
  const tell = inBatches((lines) => runner.info(lines));
  return (progress) => {
    if (progress.outcome === 'pass' && ++told > mostTold) return;
    tell(progressText(progress));
  };
}

async function run(ports: Ports): Promise<ActionResult> {
  const { runner } = ports;
  ports.checks.start();
  const given = inputs.read(runner);
  if (given.checkVariables.url !== undefined) maskAddress(given.checkVariables.url, runner);
  if (given.validateOnly) return validResult(await validate(given, ports));
  const whose = (actionPorts: Ports) => untrustedRun(actionPorts, given);
  const platform = await answeringPlatform(given);
  const report = await runner.group('Attempts', () =>
    probe(given, ports, { onProgress: tellAttempts(runner), whose, platform }),
  );
  const subject = subjectOf(given, runner.context);
  const result = resultOf(report, await writeChecksReport(report, runner, subject), subject);
  return platform === undefined ? result : platform.toldOfToken(result, given);
}
