import {
  type BoundRollout,
  bindRollout,
  Evidence,
  existingFile,
  type FlyAccount,
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
import { alreadyServes, type DeployWanted, sourceOf } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';
import type { ReviewSubject } from './review/decide.ts';

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
  given: FlyDeployInputs,
  { app, token, review }: DeployWanted,
  account?: FlyAccount,
): Promise<OpenDeploy> {
  const { context } = ports.runner;
  const inputs = review === undefined ? given : { ...given, environment: review.environment };
  const fly = await openFly(ports, { ...inputs, flyApp: app, flyToken: token }, account);
  const { platform, target } = fly;
  const [bound, { source, digest }] = await Promise.all([
    bindRollout(ports, inputs, {
      kind: 'deploy',
      platform,
      target,
      commit: () => context.sha,
      isMine: (release) => platform.isMine(release),
      restores: (release) => platform.restores(release),
      ...(review === undefined ? {} : { transient: transientRecords(review, fly) }),
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

/** Records of a review app hang on its pull request's own commit; those of an earlier app of the name are not its own. */
function transientRecords({ head }: ReviewSubject, { created }: OpenFly) {
  return {
    ...(head === undefined ? {} : { ref: head }),
    ...(created === undefined ? {} : { since: created }),
  };
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
  { waitTimeoutMs }: FlyDeployInputs,
): Pick<RolloutPorts, 'obtain' | 'settle' | 'restoreCaveat'> {
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
    restoreCaveat: () =>
      releaseCommand === undefined
        ? undefined
        : `The release command \`${releaseCommand}\` of the new version ran and is not undone.`,
  };
}
