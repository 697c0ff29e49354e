import {
  type ActionDefinition,
  type ActionResult,
  assertReady,
  assertScope,
  closeFly,
  type InstalledTool,
  installFlyctl,
  type Ports,
  readSaved,
  resumeInPost,
  runRollout,
  startTimeBudget,
} from '#core';
import { build } from './build.ts';
import { type Access, planOf, reviewDeploy, wantedOf } from './decide.ts';
import { type FlyDeployInputs, inputs } from './inputs.ts';
import { openDeploy } from './open.ts';
import { rehearse } from './rehearse.ts';
import { resultOf } from './result.ts';
import { type BegunReview, runReview } from './review/run-review.ts';
import { warningsOf, withWarnings } from './warnings.ts';

/** Deploys to Fly, proves it on the running system, and takes it back when the proof fails. */
export const action: ActionDefinition = { name: 'fly-deploy', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const wanted = wantedOf(given, ports.runner.context);
  switch (wanted.kind) {
    case 'install':
      return installed(await installFlyctl(ports, given));
    case 'build':
      return build(startTimeBudget(ports, given).ports, given, wanted);
    case 'deploy':
      return deploy(ports, given, wanted);
    default:
      return runReview(ports, given, wanted, deploy);
  }
}

async function deploy(
  ports: Ports,
  given: FlyDeployInputs,
  wanted: Access,
  begun?: BegunReview,
): Promise<ActionResult> {
  const budget = begun?.budget ?? startTimeBudget(ports, given);
  const deploy = await openDeploy(budget.ports, given, wanted, begun?.account);
  await Promise.all([assertScope(deploy.fly), assertReady(deploy.fly, given)]);
  const plan = planOf(given);
  if (given.dryRun) {
    return rehearse(deploy, plan, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const from = ports.clock.monotonic();
  const verdict = await runRollout(plan, deploy.rollout, budget.begin());
  budget.end();
  const durationMs = ports.clock.monotonic() - from;
  return withWarnings(
    await resultOf(ports, deploy, verdict, durationMs),
    await warningsOf(deploy, given, verdict),
  );
}

function installed({ path, version }: InstalledTool): ActionResult {
  const headline = `flyctl ${version} is installed at ${path} and on PATH.`;
  return { outcome: 'done', reason: 'installed', ok: true, outputs: {}, headline };
}

/** Finishes a restore that a cancelled job cut short, then removes flyctl's private folder. */
async function post(ports: Ports): Promise<void> {
  try {
    const saved = readSaved(ports.runner.state('rollout'));
    if (saved === undefined) return;
    const given = inputs.read(ports.runner);
    const wanted = wantedOf(given, ports.runner.context);
    const deploy = wanted.kind === 'review' ? reviewDeploy(wanted.access, wanted.subject) : wanted;
    if (deploy.kind !== 'deploy') return;
    // What is saved before a release has no part in the way back.
    const open = await openDeploy(ports, { ...given, snapshot: undefined }, deploy);
    await resumeInPost(saved, open.rollout, ports.signal);
  } finally {
    await closeFly(ports);
  }
}
