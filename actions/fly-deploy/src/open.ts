import {
  type BoundRollout,
  bindRollout,
  Evidence,
  existingFile,
  type FlySource,
  intentOf,
  type OpenFly,
  openFly,
  type Ports,
  type RolloutPorts,
  releaseCommandOf,
  resolveImage,
  validateConfig,
} from '#core';
import { alreadyServes, scopeOf, sourceOf, type Wanted } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';

/** A deploy with every door open and nothing changed yet. */
export interface OpenDeploy {
  readonly fly: OpenFly;
  readonly bound: BoundRollout;
  readonly source: FlySource;
  /** Of the image asked for; undefined for a source build. */
  readonly digest: string | undefined;
  readonly evidence: Evidence;
  readonly rollout: RolloutPorts;
}

/** Looks at everything a deploy stands on. Failures: those of `openFly`, `image-not-found`, `config-invalid`, `checks-invalid`. */
export async function openDeploy(
  ports: Ports,
  inputs: FlyDeployInputs,
  wanted: Extract<Wanted, { kind: 'deploy' }>,
): Promise<OpenDeploy> {
  const { context } = ports.runner;
  const fly = await openFly(ports, {
    ...inputs,
    flyApp: wanted.app,
    flyToken: wanted.token,
    scope: scopeOf(inputs),
  });
  const { platform, target } = fly;
  const [bound, { source, digest }] = await Promise.all([
    bindRollout(ports, inputs, {
      kind: 'deploy',
      platform,
      target,
      commit: () => context.sha,
      isMine: (release) => platform.isMine(release),
      restores: (release) => platform.restores(release),
    }),
    lookUpSource(ports, fly, inputs),
  ]);
  const evidence = new Evidence(fly.evidence, ports.clock);
  const deploy = { fly, bound, source, digest, evidence };
  const rollout = evidence.watching<RolloutPorts>({
    ...bound.ports,
    ...shipping(deploy, inputs),
    intent: (live) =>
      intentOf(
        {
          ...{ target, live, commit: context.sha, barrier: inputs.rollbackBarrier },
          ...{
            environment: inputs.environment,
            service: inputs.service,
            reason: inputs.overrideReason ?? '',
          },
        },
        context,
      ),
    alreadyServes: async (live) => {
      const liveCommit = await bound.history.commit(live);
      return alreadyServes(live, { digest, commit: context.sha, liveCommit, args: inputs.args });
    },
  });
  return { ...deploy, rollout };
}

/** The image by digest, the configuration file judged by flyctl, and a label that only this run uses. */
async function lookUpSource({ runner }: Ports, fly: OpenFly, inputs: FlyDeployInputs) {
  const [image, config] = await Promise.all([
    inputs.image === undefined ? undefined : resolveImage(fly, inputs.image),
    existingFile(fly.cwd, inputs.config),
  ]);
  if (config !== undefined) await validateConfig(fly, config);
  const label = `belay-${runner.context.runId ?? 'local'}-${runner.context.runAttempt}`;
  return { source: sourceOf(inputs, { image: image?.ref, config, label }), digest: image?.digest };
}

function shipping(
  { fly, bound, source }: Pick<OpenDeploy, 'fly' | 'bound' | 'source'>,
  { waitTimeoutMs, onFailure }: FlyDeployInputs,
): Pick<RolloutPorts, 'obtain' | 'settle' | 'stop' | 'restoreCaveat'> {
  const { platform, target } = fly;
  let releaseCommand: string | undefined;
  return {
    obtain: async ({ signal, budgetMs }) => {
      const shipped = await platform.ship(target, source, { budgetMs }, signal);
      if (shipped.release !== undefined) releaseCommand = await releaseCommandOf(fly, shipped.release);
      return shipped;
    },
    settle: (release, { signal, budgetMs }) => {
      const options = { budgetMs: Math.min(budgetMs, waitTimeoutMs), onProgress: bound.ports.log };
      return platform.settle(target, release.id, options, signal);
    },
    // flyctl has ended by now: what is left to stop is what it left behind.
    stop: (_release, { signal }) =>
      platform.clearAway(target, { signal, ...(onFailure === 'none' ? { only: 'release-command' } : {}) }),
    restoreCaveat: () =>
      releaseCommand === undefined
        ? undefined
        : `The release command \`${releaseCommand}\` of the new version ran and is not undone.`,
  };
}
