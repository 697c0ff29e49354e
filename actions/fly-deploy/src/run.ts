import {
  type ActionDefinition,
  type ActionResult,
  closeFly,
  compareUrl,
  type InstalledTool,
  installFlyctl,
  type Ports,
  readSaved,
  resumeInPost,
  rolloutResult,
  runRollout,
} from '#core';
import { planOf, wantedOf } from './decide.ts';
import { inputs } from './inputs.ts';
import { type OpenDeploy, openDeploy } from './open.ts';
import { flyOutputs } from './outputs.ts';
import { rehearse } from './rehearse.ts';

/** Deploys to Fly, proves it on the running system, and takes it back when the proof fails. */
export const action: ActionDefinition = { name: 'fly-deploy', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const wanted = wantedOf(given);
  if (wanted.kind === 'install') return installed(await installFlyctl(ports, given));
  const deploy = await openDeploy(ports, given, wanted);
  const plan = planOf(given);
  if (given.dryRun) return rehearse(deploy, plan);
  const from = ports.clock.monotonic();
  const verdict = await runRollout(plan, deploy.rollout, {
    timeoutMs: given.timeoutMs,
    restoreTimeoutMs: given.restoreTimeoutMs,
    signal: ports.signal,
  });
  return resultOf(ports, deploy, verdict, ports.clock.monotonic() - from);
}

async function resultOf(
  { runner }: Ports,
  { fly, bound, digest, evidence }: OpenDeploy,
  verdict: Awaited<ReturnType<typeof runRollout>>,
  durationMs: number,
): Promise<ActionResult> {
  const before = verdict.previous === undefined ? undefined : await bound.history.commit(verdict.previous);
  const compare = compareUrl(runner.context, before, runner.context.sha);
  const checks = bound.checks?.markdown();
  const report = {
    action: 'fly-deploy',
    target: fly.target,
    verdict,
    timeline: bound.timeline.steps,
    evidence,
    durationMs,
    ...(compare === undefined ? {} : { compareUrl: compare }),
    ...(checks === undefined ? {} : { checks }),
  };
  const outputs = await flyOutputs(fly, verdict, digest);
  return rolloutResult(report, { report: (await bound.checks?.write()) ?? '', outputs });
}

function installed({ path, version }: InstalledTool): ActionResult {
  const headline = `flyctl ${version} is installed at ${path} and on PATH.`;
  return { outcome: 'done', reason: 'installed', ok: true, outputs: {}, headline };
}

/** Finishes a restore that a cancelled job cut short, then removes flyctl's private folder. */
async function post(ports: Ports): Promise<void> {
  const saved = readSaved(ports.runner.state('rollout'));
  if (saved !== undefined) {
    const given = inputs.read(ports.runner);
    const wanted = wantedOf(given);
    if (wanted.kind === 'deploy') {
      await resumeInPost(saved, (await openDeploy(ports, given, wanted)).rollout, ports.signal);
    }
  }
  await closeFly(ports);
}
