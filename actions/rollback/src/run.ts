import {
  type ActionDefinition,
  type ActionResult,
  closeFly,
  closeFlyAtExit,
  openInPost,
  type Ports,
  readSaved,
  resumeInPost,
  runRollout,
  startTimeBudget,
  tidyUp,
  writeOwedFacts,
} from '#core';
import { planOf } from './decide.ts';
import { inputs } from './inputs.ts';
import { openRollback } from './open.ts';
import { rehearse } from './rehearse.ts';
import { resultOf } from './result.ts';

/** Brings back a release that served before, proves it, and says how long it took. */
export const action: ActionDefinition = { name: 'rollback', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
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
