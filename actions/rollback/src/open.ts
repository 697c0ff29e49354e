import {
  type BoundRollout,
  bindRollout,
  type ChosenTarget,
  Evidence,
  findTarget,
  intentOf,
  type Live,
  type OpenFly,
  openFly,
  type Ports,
  type Release,
  type RolloutPorts,
  type WantedTarget,
} from '#core';
import { restoredCommit, wantedTarget } from './decide.ts';
import type { RollbackInputs } from './inputs.ts';
import { noTarget } from './no-target.ts';

/** A rollback with every door open, its target chosen and nothing changed yet. */
export interface OpenRollback {
  readonly fly: OpenFly;
  readonly bound: BoundRollout;
  readonly live: Live;
  readonly choice: ChosenTarget;
  readonly rollout: RolloutPorts;
  readonly evidence: Evidence;
}

/** Looks at everything a rollback stands on. Failures: those of `openFly`, `checks-invalid`. */
export async function openRollback(ports: Ports, inputs: RollbackInputs): Promise<OpenRollback> {
  const { runner, clock } = ports;
  // The rules between inputs have seen to it that both are there.
  const { flyApp = '', flyToken = '' } = inputs;
  const wanted = wantedTarget(inputs.to);
  const fly = await openFly(ports, { ...inputs, flyApp, flyToken });
  const { platform, target } = fly;
  // A rollback's change is the release it brings back.
  const isMine = (release: Release) => platform.restores(release) !== undefined;
  let commit: string | undefined;
  const bound = await bindRollout(ports, inputs, {
    ...{ kind: 'rollback' as const, platform, target, isMine, commit: () => commit },
    restores: (release) => platform.restores(release),
  });
  const { history } = bound;
  const live = await platform.live(target);
  const choice = await findTarget({
    ...{ platform, target, history, live, now: clock.now() },
    wanted: await byDigest(fly, wanted),
    allowUnverified: inputs.allowUnverified,
  });
  runner.info(`choice: ${choice.why}`);
  if (choice.kind === 'target') {
    const recorded = await history.commit(choice.release);
    const known = restoredCommit(choice.release.label, recorded, inputs.commit);
    commit = known.commit;
    for (const warning of [...choice.warnings, ...known.warnings]) runner.warning(warning);
  }
  const evidence = new Evidence(fly.evidence, clock);
  const rollout = evidence.watching<RolloutPorts>({
    ...bound.ports,
    intent: (seen) =>
      intentOf(
        {
          ...{ ...inputs, target, commit, live: seen, barrier: false },
          reason: inputs.reason ?? '',
          ...(choice.kind === 'target' ? { restores: choice.release, replaces: choice.replaces } : {}),
        },
        runner.context,
      ),
    alreadyServes: async () => choice.kind === 'already-live',
    obtain: async () => {
      if (choice.kind !== 'no-target') return { release: choice.release };
      const { availability } = bound.ports.ledger;
      const commit = (release: Release) => history.commit(release);
      return { failure: await noTarget(choice, { wanted, availability, commit }) };
    },
    settle: (release, { signal, budgetMs }) => {
      const options = { budgetMs: Math.min(budgetMs, inputs.waitTimeoutMs), onProgress: bound.ports.log };
      return platform.settle(target, release.id, options, signal);
    },
  });
  return { fly, bound, live, choice, rollout, evidence };
}

/** An image is looked for by its digest: the tag may have moved since it was deployed. */
async function byDigest({ api, target }: OpenFly, wanted: WantedTarget): Promise<WantedTarget> {
  if (wanted.kind !== 'image') return wanted;
  const image = await api.image(target.name, wanted.image);
  return image === undefined ? wanted : { kind: 'image', image: image.digest };
}
