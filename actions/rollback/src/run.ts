import {
  type ActionDefinition,
  type ActionResult,
  closeFly,
  compareUrl,
  type Ports,
  type RolloutVerdict,
  readSaved,
  resumeInPost,
  rolloutResult,
  runRollout,
} from '#core';
import { candidatesOf, candidatesTable } from './candidates.ts';
import { notUndone, planOf } from './decide.ts';
import { inputs, type RollbackInputs } from './inputs.ts';
import { type OpenRollback, openRollback } from './open.ts';
import { rehearse } from './rehearse.ts';

/** Brings back a release that served before, proves it, and says how long it took. */
export const action: ActionDefinition = { name: 'rollback', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const from = ports.clock.monotonic();
  const opened = await openRollback(ports, given);
  if (given.dryRun) return rehearse(opened);
  const verdict = await runRollout(planOf(given), opened.rollout, {
    timeoutMs: given.timeoutMs,
    restoreTimeoutMs: 0,
    signal: ports.signal,
  });
  return resultOf(ports, { given, opened, verdict, durationMs: ports.clock.monotonic() - from });
}

interface Ended {
  readonly given: RollbackInputs;
  readonly opened: OpenRollback;
  readonly verdict: RolloutVerdict;
  readonly durationMs: number;
}

async function resultOf(
  { runner }: Ports,
  { given, opened, verdict, durationMs }: Ended,
): Promise<ActionResult> {
  const { fly, bound, choice, evidence } = opened;
  const restored = choice.kind === 'target' ? choice.release : undefined;
  const [to, from] = await Promise.all(
    [restored, verdict.previous].map((release) => release && bound.history.commit(release)),
  );
  const compare = compareUrl(runner.context, to, from);
  const report = {
    action: 'rollback',
    target: fly.target,
    verdict,
    timeline: bound.timeline.steps,
    evidence,
    durationMs,
    slaMs: given.slaMs,
    notUndone,
    checks: [candidatesTable(choice), bound.checks?.markdown() ?? ''].join('\n\n'),
    ...(compare === undefined ? {} : { compareUrl: compare }),
  };
  const outputs = {
    'restored-release': restored?.id ?? '',
    candidates: JSON.stringify(candidatesOf(choice)),
    'sla-met': String(durationMs <= given.slaMs),
  };
  return rolloutResult(report, { report: (await bound.checks?.write()) ?? '', outputs });
}

/** Says what a cancelled rollback left behind, then removes flyctl's private folder. */
async function post(ports: Ports): Promise<void> {
  const saved = readSaved(ports.runner.state('rollout'));
  if (saved !== undefined) {
    const { rollout } = await openRollback(ports, inputs.read(ports.runner));
    await resumeInPost(saved, rollout, ports.signal);
  }
  await closeFly(ports);
}
