import {
  type ActionDefinition,
  type ActionResult,
  type MainEnd,
  type Ports,
  type PostReport,
  postOfFly,
  startTimeBudget,
  type TimeBudget,
  untrustedRun,
  withFlyToken,
} from '#core';
import { build } from './build.ts';
import { accessOf, scopeOf, type Wanted, wantedOf } from './decide.ts';
import { deploy } from './deploy.ts';
import { type FlyDeployInputs, inputs } from './inputs.ts';
import { install } from './install.ts';
import { openDeploy, recallSource } from './open.ts';
import { refuse } from './refuse.ts';
import { finishMaking, wasMaking } from './review/finish-making.ts';
import { runReview } from './review/run-review.ts';
import { tokenUse } from './token-need.ts';

export { runAction } from '#core';

/** Deploys to Fly, proves it on the running system, and takes it back when the proof fails. */
export const action: ActionDefinition = { name: 'fly-deploy', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const budget = startTimeBudget(ports, given);
  const untrusted = given.installOnly ? undefined : await untrustedRun(budget.ports, given);
  const wanted = wantedOf(given, ports.runner.context, untrusted);
  const result = await done(budget, given, wanted);
  const use = tokenUse(given, wanted);
  return use === undefined ? result : withFlyToken(result, use.token, use.need);
}

async function done(budget: TimeBudget, given: FlyDeployInputs, wanted: Wanted): Promise<ActionResult> {
  switch (wanted.kind) {
    case 'refused':
      return refuse(budget.ports, given, wanted);
    case 'install':
      return install(budget.ports, given);
    case 'build':
      return build(budget, given, wanted);
    case 'deploy':
      return deploy(budget, given, wanted);
    default:
      return runReview(budget, given, wanted, deploy);
  }
}

/** Finishes a restore that was cut short, ends its records, says what serves, then removes flyctl's private folder. */
function post(doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  return postOfFly(action.name, doors, main, (ports) => {
    const given = inputs.read(ports.runner);
    const wanted = wantedOf(given, ports.runner.context);
    const access = accessOf(wanted);
    return {
      inputs: given,
      app: access && { ...given, flyApp: access.app, flyToken: access.token, scope: scopeOf(given) },
      async open(saved) {
        if (access === undefined) throw new Error('a rollout is saved, and the inputs name no app');
        // What is saved before a release has no part in the way back.
        const { fly, rollout } = await openDeploy(ports, { ...given, snapshot: undefined }, access, {
          lookUp: recallSource,
        });
        // A release that main made and could not name is known by what main had asked for.
        fly.platform.recall(saved.memory, { back: saved.restore?.release ?? saved.known.back });
        return rollout;
      },
      finish: async () => {
        if (wanted.kind !== 'review' || !wasMaking(ports.runner)) return undefined;
        return finishMaking(ports, given, wanted);
      },
    };
  });
}
