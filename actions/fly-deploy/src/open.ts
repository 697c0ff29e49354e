import {
  type BoundRollout,
  bindRollout,
  existingFile,
  type FlySource,
  intentOf,
  type OpenFly,
  openFly,
  type Ports,
  type Release,
  type RolloutPorts,
  releaseCommandOf,
  resolveImage,
  validateConfig,
} from '#core';
import { alreadyServes, sourceOf, type Wanted } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';

/** A deploy with every door open and nothing changed yet. */
export interface OpenDeploy {
  readonly fly: OpenFly;
  readonly bound: BoundRollout;
  readonly source: FlySource;
  readonly digest: string | undefined;
  readonly rollout: RolloutPorts;
  /** Log lines, exit events and checks of what failed, gathered before a restore takes it away. */
  readonly evidence: readonly string[];
}

/** Looks at everything a deploy stands on. Failures: those of `openFly`, `image-not-found`, `config-invalid`, `checks-invalid`. */
export async function openDeploy(
  ports: Ports,
  inputs: FlyDeployInputs,
  wanted: Extract<Wanted, { kind: 'deploy' }>,
): Promise<OpenDeploy> {
  const { runner } = ports;
  const commit = runner.context.sha;
  const fly = await openFly(ports, { ...inputs, flyApp: wanted.app, flyToken: wanted.token });
  const { platform, target } = fly;
  const bound = await bindRollout(ports, inputs, {
    platform,
    target,
    commit: () => commit,
    isMine: (release) => platform.isMine(release),
  });
  const [image, config] = await Promise.all([
    inputs.image === undefined ? undefined : resolveImage(fly, inputs.image),
    existingFile(fly.cwd, inputs.config),
  ]);
  if (config !== undefined) await validateConfig(fly, config);
  const label = `belay-${runner.context.runId ?? 'local'}-${runner.context.runAttempt}`;
  const source = sourceOf(inputs, { image: image?.ref, config, label });
  const evidence: string[] = [];
  let releaseCommand: string | undefined;

  async function gather(release: Release | undefined): Promise<void> {
    if (evidence.length === 0) evidence.push(...(await fly.evidence(release?.id)));
  }

  const rollout: RolloutPorts = {
    ...bound.ports,
    intent: (live) =>
      intentOf(
        {
          ...inputs,
          target,
          commit,
          live,
          barrier: inputs.rollbackBarrier,
          reason: inputs.overrideReason ?? '',
        },
        runner.context,
      ),
    alreadyServes: async (live) => {
      const liveCommit = await bound.history.commit(live);
      return alreadyServes(live, { digest: image?.digest, commit, liveCommit, args: inputs.args });
    },
    obtain: async ({ signal, budgetMs }) => {
      const shipped = await platform.ship(target, source, { budgetMs }, signal);
      if (shipped.failure !== undefined) await gather(shipped.release);
      if (shipped.release !== undefined) releaseCommand = await releaseCommandOf(fly, shipped.release);
      return shipped;
    },
    settle: async (release, { signal, budgetMs }) => {
      const options = { budgetMs: Math.min(budgetMs, inputs.waitTimeoutMs), onProgress: bound.ports.log };
      const result = await platform.settle(target, release.id, options, signal);
      if (result.kind === 'failed') await gather(release);
      return result;
    },
    restoreCaveat: () =>
      releaseCommand === undefined
        ? undefined
        : `The release command \`${releaseCommand}\` of the new version ran and is not undone.`,
  };
  const verify = bound.ports.verify;
  if (verify === undefined) return { fly, bound, source, digest: image?.digest, rollout, evidence };
  const gathering: RolloutPorts['verify'] = async (request, allowance) => {
    const verdict = await verify(request, allowance);
    if (request.phase === 'after' && verdict.outcome === 'fail') await gather(request.release);
    return verdict;
  };
  return { fly, bound, source, digest: image?.digest, rollout: { ...rollout, verify: gathering }, evidence };
}
