import {
  type ActionDefinition,
  type ActionResult,
  type MainEnd,
  type Ports,
  type PostReport,
  postOfFly,
  refusedOnFly,
  runRollout,
  startTimeBudget,
  type TimeBudget,
  tidyUp,
  type UntrustedRun,
  untrustedRun,
  withFlyToken,
} from '#core';
import { planOf } from './decide.ts';
import { inputs, type RollbackInputs } from './inputs.ts';
import { openRollback } from './open.ts';
import { rehearse } from './rehearse.ts';
import { resultOf } from './result.ts';

export { runAction } from '#core';

/** Brings back a release that served before, proves it, and says how long it took. */
export const action: ActionDefinition = { name: 'rollback', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  const budget = startTimeBudget(ports, { timeoutMs: given.timeoutMs, restoreTimeoutMs: 0 });
  const untrusted = await untrustedRun(budget.ports, given);
  if (untrusted !== undefined) return refused(budget.ports, given, untrusted);
  const { flyApp: app = '', flyToken: token = '' } = given;
  return withFlyToken(await rollBack(budget, given), token, { app });
}

async function rollBack(budget: TimeBudget, given: RollbackInputs): Promise<ActionResult> {
  const { ports } = budget;
  const from = ports.clock.monotonic();
  const opened = await openRollback(ports, given);
  if (given.dryRun) return rehearse(opened);
  const verdict = await runRollout(planOf(given), opened.rollout, budget.begin());
  await tidyUp(ports, opened.fly, { outcome: verdict.outcome, leftMs: budget.leftMs(), ha: false });
  budget.end();
  const durationMs = ports.clock.monotonic() - from;
  return resultOf(ports, opened, { verdict, durationMs, slaMs: given.slaMs, reason: given.reason });
}

function refused(ports: Ports, given: RollbackInputs, untrusted: UntrustedRun): Promise<ActionResult> {
  const { flyApp: app = '', flyToken: token = '', acceptMachines, dryRun } = given;
  return refusedOnFly(ports, { action: 'rollback', untrusted, app, token, acceptMachines, dryRun });
}

/** Says what a rollback that was cut left behind, ends its records, then removes flyctl's private folder. */
function post(doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  return postOfFly(action.name, doors, main, (ports) => {
    const given = inputs.read(ports.runner);
    const { flyApp = '', flyToken = '' } = given;
    return {
      inputs: given,
      app: { ...given, flyApp, flyToken },
      async open(saved) {
        const { rollout, fly } = await openRollback(ports, given);
        fly.platform.recall(saved.memory, { back: saved.known.wanted });
        return rollout;
      },
    };
  });
}
