import {
  type ActionDefinition,
  type ActionResult,
  closeFly,
  closeFlyAtExit,
  openInPost,
  type Ports,
  readSaved,
  refusedOnFly,
  resumeInPost,
  runRollout,
  startTimeBudget,
  tidyUp,
  type UntrustedRun,
  untrustedRun,
  withFlyToken,
  writeOwedFacts,
} from '#core';
import { planOf } from './decide.ts';
import { inputs, type RollbackInputs } from './inputs.ts';
import { openRollback } from './open.ts';
import { rehearse } from './rehearse.ts';
import { resultOf } from './result.ts';

/** Brings back a release that served before, proves it, and says how long it took. */
export const action: ActionDefinition = { name: 'rollback', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const untrusted = await untrustedRun(ports, given);
  if (untrusted !== undefined) return refused(ports, given, untrusted);
  const { flyApp: app = '', flyToken: token = '' } = given;
  return withFlyToken(await rollBack(ports, given), token, { app });
}

async function rollBack(ports: Ports, given: RollbackInputs): Promise<ActionResult> {
  const from = ports.clock.monotonic();
  const budget = startTimeBudget(ports, { timeoutMs: given.timeoutMs, restoreTimeoutMs: 0 });
  const opened = await openRollback(budget.ports, given);
  if (given.dryRun) return rehearse(opened);
  const verdict = await runRollout(planOf(given), opened.rollout, budget.begin());
  const leftMs = given.timeoutMs - (ports.clock.monotonic() - from);
  await tidyUp(ports, opened.fly, { outcome: verdict.outcome, leftMs, ha: false });
  budget.end();
  const durationMs = ports.clock.monotonic() - from;
  return resultOf(ports, opened, { verdict, durationMs, slaMs: given.slaMs, reason: given.reason });
}

function refused(ports: Ports, given: RollbackInputs, untrusted: UntrustedRun): Promise<ActionResult> {
  const { flyApp: app = '', flyToken: token = '', acceptMachines, dryRun } = given;
  return refusedOnFly(ports, { action: 'rollback', untrusted, app, token, acceptMachines, dryRun });
}

/** Says what a cancelled rollback left behind, ends its records, then removes flyctl's private folder. */
async function post(ports: Ports): Promise<void> {
  closeFlyAtExit(ports);
  try {
    const saved = readSaved(ports.runner.state('rollout'));
    if (saved === undefined) return;
    const given = inputs.read(ports.runner);
    if (saved.ended) return await writeOwedFacts(ports, given, saved);
    const open = () => openRollback(ports, given);
    const { rollout, fly } = await openInPost({ ...ports, inputs: given }, saved, open);
    fly.platform.recall(saved.memory, { back: saved.known.wanted });
    await resumeInPost(saved, rollout, ports.signal);
  } finally {
    await closeFly(ports);
  }
}
