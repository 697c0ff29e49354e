import {
  type ActionDefinition,
  type ActionResult,
  type MainEnd,
  type Ports,
  type PostReport,
  startTimeBudget,
  type TimeBudget,
  untrustedRun,
} from '#core';
import { withFlyToken } from '#core/fly';
import { type Wanted, wantedOf } from './decide.ts';
import { type FlyDeployInputs, inputs } from './inputs.ts';
import { tokenUse } from './token-need.ts';

export { runAction } from '#core';

/** Deploys to Fly, proves it on the running system, and takes it back when the proof fails. */
export const action: ActionDefinition = { name: 'fly-deploy', kind: 'deploy', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const budget = startTimeBudget(ports, given);
  const untrusted = given.installOnly ? undefined : await untrustedRun(budget.ports, given);
  const wanted = wantedOf(given, ports.runner.context, untrusted);
  const result = await done(budget, given, wanted);
  const use = tokenUse(given, wanted);
  return use === undefined ? result : withFlyToken(result, use.token, use.need);
}

/** Each is loaded when it is asked for: a deploy's start is waited for, and installing needs little of it. */
async function done(budget: TimeBudget, given: FlyDeployInputs, wanted: Wanted): Promise<ActionResult> {
  switch (wanted.kind) {
    case 'refused': {
      const { refuse } = await import('./refuse.ts');
      return refuse(budget.ports, given, wanted);
    }
    case 'install': {
      const { install } = await import('./install.ts');
      return install(budget.ports, given);
    }
    case 'build': {
      const { build } = await import('./build.ts');
      return build(budget, given, wanted);
    }
    case 'deploy': {
      const { askFly } = await import('./ask.ts');
      const asked = askFly(budget.ports, { flyApp: wanted.app, flyToken: wanted.token });
      const { deploy } = await import('./deploy.ts');
      return deploy(budget, given, wanted, { asked });
    }
    default: {
      const [{ runReview }, { deploy }] = await Promise.all([
        import('./review/run-review.ts'),
        import('./deploy.ts'),
      ]);
      return runReview(budget, given, wanted, deploy);
    }
  }
}

async function post(ports: Ports, main: MainEnd): Promise<PostReport | undefined> {
  const { postOf } = await import('./post.ts');
  return postOf(action.name, ports, main);
}
