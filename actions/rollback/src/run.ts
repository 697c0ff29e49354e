import {
  type ActionDefinition,
  type ActionResult,
  type MainEnd,
  type Ports,
  type PostReport,
  startTimeBudget,
  untrustedRun,
} from '#core';
import { type Claim, platformOf, refusedRun, runSeveral } from '#core/deployment';
import { aboutTarget, targetNames } from '#core/platform-inputs';
import { inputs, type RollbackInputs } from './inputs.ts';
import { rollBack } from './roll-back.ts';

// What is said of it is loaded while it runs, what `post` does in `post`: the start is waited for.

export { runAction } from '#core';

/** Brings back a release that served before, proves it, and says how long it took. */
export const action: ActionDefinition = { name: 'rollback', kind: 'rollback', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  return runSeveral({ ports, kind: action.kind, names: targetNames(given) }, (own, name, claim) =>
    runOne(own, aboutTarget(given, name), claim),
  );
}

async function runOne(ports: Ports, given: RollbackInputs, claim: Claim): Promise<ActionResult> {
  const budget = startTimeBudget(ports, { timeoutMs: given.timeoutMs, restoreTimeoutMs: 0 });
  const [platform, untrusted] = await Promise.all([
    platformOf(given, ports.runner),
    untrustedRun(budget.ports, given),
  ]);
  if (untrusted !== undefined) {
    const about = { target: platform.target(given), look: platform.look(budget.ports, given) };
    const { dryRun, environment } = given;
    return refusedRun(budget.ports, {
      action: action.name,
      kind: 'rollback',
      untrusted,
      ...about,
      dryRun,
      environment,
    });
  }
  return platform.toldOfToken(await rollBack(budget, platform, { given, claim }), given);
}

async function post(ports: Ports, main: MainEnd): Promise<PostReport | undefined> {
  const { postOf } = await import('./post.ts');
  return postOf(action.name, ports, main);
}
