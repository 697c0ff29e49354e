import {
  type ActionDefinition,
  type ActionResult,
  closeFly,
  closeFlyAtExit,
  type InstalledTool,
  installFlyctl,
  openInPost,
  type Ports,
  readSaved,
  resumeInPost,
  startTimeBudget,
  untrustedRun,
  withFlyToken,
  writeOwedFacts,
} from '#core';
import { build } from './build.ts';
import { reviewDeploy, type Wanted, wantedOf } from './decide.ts';
import { deploy } from './deploy.ts';
import { type FlyDeployInputs, inputs } from './inputs.ts';
import { openDeploy } from './open.ts';
import { refuse } from './refuse.ts';
import { runReview } from './review/run-review.ts';
import { tokenUse } from './token-need.ts';

/** Deploys to Fly, proves it on the running system, and takes it back when the proof fails. */
export const action: ActionDefinition = { name: 'fly-deploy', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const untrusted = given.installOnly ? undefined : await untrustedRun(ports, given);
  const wanted = wantedOf(given, ports.runner.context, untrusted);
  const result = await done(ports, given, wanted);
  const use = tokenUse(given, wanted);
  return use === undefined ? result : withFlyToken(result, use.token, use.need);
}

async function done(ports: Ports, given: FlyDeployInputs, wanted: Wanted): Promise<ActionResult> {
  switch (wanted.kind) {
    case 'refused':
      return refuse(ports, given, wanted);
    case 'install':
      return installed(await installFlyctl(startTimeBudget(ports, given).ports, given));
    case 'build':
      return build(startTimeBudget(ports, given).ports, given, wanted);
    case 'deploy':
      return deploy(ports, given, wanted);
    default:
      return runReview(ports, given, wanted, deploy);
  }
}

function installed({ path, version }: InstalledTool): ActionResult {
  const headline = `flyctl ${version} is installed at ${path} and on PATH.`;
  return { outcome: 'done', reason: 'installed', ok: true, outputs: {}, headline };
}

/** Finishes a restore that a cancelled job cut short, ends its records, then removes flyctl's private folder. */
async function post(ports: Ports): Promise<void> {
  closeFlyAtExit(ports);
  try {
    const saved = readSaved(ports.runner.state('rollout'));
    if (saved === undefined) return;
    const given = inputs.read(ports.runner);
    if (saved.ended) return await writeOwedFacts(ports, given, saved);
    const wanted = wantedOf(given, ports.runner.context);
    const access = wanted.kind === 'review' ? reviewDeploy(wanted.access, wanted.subject) : wanted;
    if (access.kind !== 'deploy') return;
    // What is saved before a release has no part in the way back.
    const inPost = { ...given, snapshot: undefined };
    const opened = () => openDeploy(ports, inPost, access);
    const { fly, rollout } = await openInPost({ ...ports, inputs: given }, saved, opened);
    // A release that main made and could not name is known by what main had asked for.
    fly.platform.recall(saved.memory, { back: saved.restore?.release ?? saved.known.back });
    await resumeInPost(saved, rollout, ports.signal);
  } finally {
    await closeFly(ports);
  }
}
