import {
  type BoundRollout,
  bindRollout,
  Evidence,
  intentOf,
  type Live,
  type OpenFly,
  openFly,
  owedByRollback,
  type Ports,
  type Release,
  type RolloutPorts,
} from '#core';
import { Choice } from './choice.ts';
import { wantedTarget } from './decide.ts';
import type { RollbackInputs } from './inputs.ts';
import { noTarget } from './no-target.ts';

/** A rollback with every door open and nothing changed yet. */
export interface OpenRollback {
  readonly fly: OpenFly;
  readonly bound: BoundRollout;
  readonly choice: Choice;
  readonly rollout: RolloutPorts;
  readonly evidence: Evidence;
}

/** Looks at everything a rollback stands on. Failures: those of `openFly`, `checks-invalid`. */
export async function openRollback(ports: Ports, inputs: RollbackInputs): Promise<OpenRollback> {
  if (inputs.checks !== undefined) ports.checks.start();
  const { clock } = ports;
  // The rules between inputs have seen to it that both are there.
  const { flyApp = '', flyToken = '' } = inputs;
  const wanted = wantedTarget(inputs.to);
  const fly = await openFly(ports, { ...inputs, flyApp, flyToken });
  const { platform, target } = fly;
  let choice: Choice | undefined;
  const bound = await bindRollout(ports, inputs, {
    ...{ kind: 'rollback' as const, platform, target, commit: () => choice?.commit },
  });
  const { history } = bound;
  const own = new Choice(
    { fly, history, ports },
    { target: wanted, allowUnverified: inputs.allowUnverified, commit: inputs.commit },
  );
  choice = own;
  const evidence = new Evidence(fly.evidence, clock);
  const rollout = evidence.watching<RolloutPorts>({
    ...bound.ports,
    intent: (seen) => intentFor(ports, inputs, { fly, seen, choice: own }),
    choose: async (live) => {
      await own.choose(live);
    },
    alreadyServes: async () => own.chosen.kind === 'already-live',
    obtain: async () => {
      const { chosen } = own;
      if (chosen.kind !== 'no-target') return { release: chosen.release };
      const { availability } = bound.ports.ledger;
      const commit = (release: Release) => history.commit(release);
      return { failure: await noTarget(chosen, { wanted, availability, commit }) };
    },
    memory: () => platform.memory(),
    settle: async (release, { owes }, { signal, budgetMs }) => {
      const options = {
        // Read when the target was chosen; a GitHub that is silent now takes nothing from what is seen to run.
        owes: owedByRollback(owes, own.release ?? release, await history.records().catch(() => [])),
        budgetMs: Math.min(budgetMs, inputs.waitTimeoutMs),
        onProgress: bound.ports.log,
      };
      return platform.settle(target, release, options, signal);
    },
  });
  return { fly, bound, choice: own, rollout, evidence };
}

function intentFor(
  { runner }: Ports,
  inputs: RollbackInputs,
  { fly, seen, choice }: { readonly fly: OpenFly; readonly seen: Live; readonly choice: Choice },
) {
  const { chosen } = choice;
  // What serves already may have to be made whole, or one, and gets a number of its own then.
  const taken =
    chosen.kind === 'no-target'
      ? {}
      : { restores: chosen.release, ...(chosen.kind === 'target' ? { replaces: chosen.replaces } : {}) };
  return intentOf(
    {
      ...{ ...inputs, target: fly.target, commit: choice.commit, live: seen, barrier: false },
      budgetMs: inputs.timeoutMs,
      reason: inputs.reason ?? '',
      ...taken,
    },
    runner.context,
  );
}
