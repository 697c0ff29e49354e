import {
  type ActionDefinition,
  type ActionResult,
  closeFly,
  type InstalledTool,
  installFlyctl,
  type Ports,
  readSaved,
  resumeInPost,
  type SavedRollout,
  startTimeBudget,
  writeOwedFacts,
} from '#core';
import { build } from './build.ts';
import { reviewDeploy, wantedOf } from './decide.ts';
import { deploy } from './deploy.ts';
import { inputs } from './inputs.ts';
import { type OpenDeploy, openDeploy } from './open.ts';
import { runReview } from './review/run-review.ts';

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

function installed({ path, version }: InstalledTool): ActionResult {
  const headline = `flyctl ${version} is installed at ${path} and on PATH.`;
  return { outcome: 'done', reason: 'installed', ok: true, outputs: {}, headline };
}

/** A release that main made and could not name is known by what main had asked for. */
function recall({ fly, source }: OpenDeploy, { memory, restore, known }: SavedRollout): void {
  const { image, imageLabel } = source;
  const ships = {
    ...(image === undefined ? {} : { image }),
    ...(imageLabel === undefined ? {} : { imageLabel }),
  };
  fly.platform.recall(memory, { ships, back: restore?.release ?? known.back });
}

/** Finishes a restore that a cancelled job cut short, writes what GitHub had not taken, then removes flyctl's private folder. */
async function post(ports: Ports): Promise<void> {
  try {
    const saved = readSaved(ports.runner.state('rollout'));
    if (saved === undefined) return;
    const given = inputs.read(ports.runner);
    if (saved.ended) return await writeOwedFacts(ports, given, saved);
    const wanted = wantedOf(given, ports.runner.context);
    const access = wanted.kind === 'review' ? reviewDeploy(wanted.access, wanted.subject) : wanted;
    if (access.kind !== 'deploy') return;
    // What is saved before a release has no part in the way back.
    const open = await openDeploy(ports, { ...given, snapshot: undefined }, access);
    recall(open, saved);
    await resumeInPost(saved, open.rollout, ports.signal);
  } finally {
    await closeFly(ports);
  }
}
