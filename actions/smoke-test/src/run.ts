import type { ActionDefinition, ActionResult, Ports } from '#core';
import { progressText, writeChecksReport } from '#core';
import { inputs } from './inputs.ts';
import { probe, validate } from './probe.ts';
import { resultOf, validResult } from './result.ts';

/** Probes the running system and says whether it may be trusted. */
export const action: ActionDefinition = { name: 'smoke-test', exitCodes: { error: 2 }, run };

async function run(ports: Ports): Promise<ActionResult> {
  const { runner } = ports;
  const given = inputs.read(runner);
  if (given.validateOnly) return validResult(await validate(given, runner));
  const report = await runner.group('Attempts', () =>
    probe(given, ports, (progress) => runner.info(progressText(progress))),
  );
  return resultOf(report, await writeChecksReport(report, runner.context.temp));
}
