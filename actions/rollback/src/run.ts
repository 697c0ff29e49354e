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
import { begun, openRollback, platformOf, refusedRun, runRollback, runSeveral } from '#core/deployment';
import { aboutTarget, targetNames } from '#core/platform-inputs';
import { inputs, type RollbackInputs } from './inputs.ts';

// What is said of it is loaded while it runs, what `post` does in `post`: the start is waited for.

export { runAction } from '#core';

/** Brings back a release that served before, proves it, and says how long it took. */
export const action: ActionDefinition = { name: 'rollback', kind: 'rollback', run, post };

async function run(ports: Ports): Promise<ActionResult> {
  const given = inputs.read(ports.runner);
  return runSeveral({ ports, kind: action.kind, names: targetNames(given) }, (own, name) =>
    runOne(own, aboutTarget(given, name)),
  );
}

async function runOne(ports: Ports, given: RollbackInputs): Promise<ActionResult> {
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
  return platform.toldOfToken(await rollBack(budget, platform, given), given);
}

type Platform = Awaited<ReturnType<typeof platformOf>>;

async function rollBack(
  budget: TimeBudget,
  platform: Platform,
  given: RollbackInputs,
): Promise<ActionResult> {
  const { ports } = budget;
  const sinceMs = budget.spentMs();
  if (given.checks !== undefined) ports.checks.start();
  const opened = await openRollback(ports, await platform.open(ports, given), given);
  if (given.dryRun) {
    const { reportDryRun } = await import('./dry-run.ts');
    return reportDryRun(opened, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const telling = begun(import('./result.ts'));
  const ran = await runRollback(budget, opened, { checks: given.checks, sinceMs });
  const { resultOf } = await telling;
  return resultOf(ports, opened, { ...given, ...ran });
}

async function post(ports: Ports, main: MainEnd): Promise<PostReport | undefined> {
  const { postOf } = await import('./post.ts');
  return postOf(action.name, ports, main);
}
