import {
  type ActionDefinition,
  type ActionResult,
  type MainEnd,
  type Ports,
  type PostReport,
  startTimeBudget,
  untrustedRun,
} from '#core';
import { type Claim, refusedRun, runSeveral } from '#core/deployment';
import { platform } from '#core/railway';
import { servicesOf } from '#core/railway/inputs';
import { inputs, type RailwayUpInputs } from './inputs.ts';

export { runAction } from '#core';

/** Deploys to a Railway service, proves it on the running system, and takes it back when the proof fails. */
export const action: ActionDefinition = { name: 'railway-up', kind: 'deploy', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  return runSeveral({ ports, kind: action.kind, names: servicesOf(given) }, (own, railwayService, claim) =>
    runOne(own, { ...given, railwayService }, claim),
  );
}

async function runOne(ports: Ports, given: RailwayUpInputs, claim: Claim): Promise<ActionResult> {
  const budget = startTimeBudget(ports, given);
  const untrusted = await untrustedRun(budget.ports, given);
  if (given.preview !== 'false') {
    const [{ runPreviews }, { deploy }] = await Promise.all([
      import('./preview/run-preview.ts'),
      import('./deploy.ts'),
    ]);
    return runPreviews(budget, given, given.preview, {
      untrusted,
      deploy: (preview) => deploy(budget, given, { preview, claim }),
    });
  }
  if (untrusted !== undefined) {
    const { dryRun, environment } = given;
    const about = { target: platform.target(given), look: platform.look(budget.ports, given) };
    return refusedRun(budget.ports, {
      action: action.name,
      kind: 'deploy',
      untrusted,
      dryRun,
      environment,
      ...about,
    });
  }
  const { deploy } = await import('./deploy.ts');
  return platform.toldOfToken(await deploy(budget, given, { claim }), given);
}

async function post(ports: Ports, main: MainEnd): Promise<PostReport | undefined> {
  const { postOf } = await import('./post.ts');
  return postOf(action.name, ports, main);
}
