import type { Ports } from '../action/ports.ts';
import type { OpenPlatform } from '../platforms/open-platform.ts';
import type { Live, Release } from '../platforms/platform.ts';
import type { RolloutPlan } from '../rollout/plan.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { defined } from '../text/defined.ts';
import { FailureEvidence } from './failure-evidence.ts';
import { intentOf } from './intent.ts';
import { noTarget } from './no-target.ts';
import { owedByRollback } from './owed.ts';
import { RollbackChoice, wantedTarget } from './rollback-choice.ts';
import { type BoundRollout, createRolloutPorts, type RolloutInputs } from './rollout.ts';

/** What every rollback is asked with, whatever the platform. */
export interface RollbackInputs extends RolloutInputs {
  readonly to: string;
  readonly allowUnverified: boolean;
  readonly commit: string | undefined;
  /** Why a person wants it. */
  readonly reason: string | undefined;
}

/** A rollback with every port open and nothing changed yet. */
export interface OpenRollback {
  readonly open: OpenPlatform;
  readonly bound: BoundRollout;
  readonly choice: RollbackChoice;
  readonly rollout: RolloutPorts;
  readonly evidence: FailureEvidence;
}

/** A rollback chooses among what is there, then makes it live. It never takes itself back: nothing better is known. */
export function rollbackPlan({ checks }: Pick<RollbackInputs, 'checks'>): RolloutPlan {
  return {
    kind: 'rollback',
    obtain: 'choose',
    activation: 'separate',
    until: 'live',
    onFailure: 'none',
    barrier: false,
    hasChecks: checks !== undefined,
    checksStaged: false,
  };
}

/** Looks at everything a rollback stands on. Failure: `checks-invalid`. */
export async function openRollback(
  ports: Ports,
  open: OpenPlatform,
  inputs: RollbackInputs,
): Promise<OpenRollback> {
  const { platform, target } = open;
  const wanted = wantedTarget(inputs.to, open);
  let known: RollbackChoice | undefined;
  const bound = await createRolloutPorts(ports, inputs, {
    kind: 'rollback' as const,
    platform,
    target,
    commit: () => known?.commit,
    ...defined({ runInInstance: open.runInInstance }),
  });
  const { history } = bound;
  const { allowUnverified, commit } = inputs;
  const choice = new RollbackChoice({ open, history, ports }, { target: wanted, allowUnverified, commit });
  known = choice;
  const evidence = new FailureEvidence((release) => open.evidence(release), ports.clock);
  const rollout = evidence.watching<RolloutPorts>({
    ...bound.ports,
    intent: (seen) => intentFor(ports, inputs, { open, seen, choice }),
    choose: async (live) => {
      await choice.choose(live);
    },
    alreadyServes: async () => choice.chosen.kind === 'already-live',
    obtain: async () => {
      const { chosen } = choice;
      if (chosen.kind !== 'no-target') return { release: chosen.release };
      const { availability } = bound.ports.ledger;
      const commitOf = (release: Release) => history.commit(release);
      return { failure: await noTarget(chosen, { wanted, availability, commit: commitOf }) };
    },
    memory: () => open.memory(),
    settle: async (release, { owes }, { signal, budgetMs }) => {
      const options = {
        // Read when the target was chosen; a GitHub that is silent now takes nothing from what is seen to run.
        owes: owedByRollback(owes, choice.release ?? release, await history.records().catch(() => [])),
        budgetMs: Math.min(budgetMs, open.settleMs),
        onProgress: bound.ports.log,
      };
      return platform.settle(target, release, options, signal);
    },
  });
  return { open, bound, choice, rollout, evidence };
}

function intentFor(
  { runner }: Ports,
  inputs: RollbackInputs,
  {
    open,
    seen,
    choice,
  }: { readonly open: OpenPlatform; readonly seen: Live; readonly choice: RollbackChoice },
) {
  const { chosen } = choice;
  // What serves already may have to be made whole, or one, and gets a number of its own then.
  const taken =
    chosen.kind === 'no-target'
      ? {}
      : { restores: chosen.release, ...(chosen.kind === 'target' ? { replaces: chosen.replaces } : {}) };
  return intentOf(
    {
      ...inputs,
      target: open.target,
      commit: choice.commit,
      live: seen,
      barrier: false,
      budgetMs: inputs.timeoutMs,
      reason: inputs.reason ?? '',
      ...taken,
    },
    runner.context,
  );
}
