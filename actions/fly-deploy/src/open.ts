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
  type RunnerContext,
  releaseCommandOf,
  resolveImage,
  validateConfig,
} from '#core';
import { type Access, alreadyServes, sourceOf } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';
import { SnapshotFirst, snapshotSourceOf } from './snapshot.ts';

/** A deploy with every door open and nothing changed yet. */
export interface OpenDeploy {
  readonly fly: OpenFly;
  readonly bound: BoundRollout;
  readonly source: FlySource;
  /** Of the image asked for; undefined for a source build. */
  readonly digest: string | undefined;
  readonly evidence: Evidence;
  /** Absent: nothing is saved before the release. */
  readonly snapshot: SnapshotFirst | undefined;
  readonly rollout: RolloutPorts;
}

/** Looks at everything a deploy stands on. Failures: those of `openFly`, `image-not-found`, `config-invalid`, `checks-invalid`. */
export async function openDeploy(ports: Ports, inputs: FlyDeployInputs, wanted: Access): Promise<OpenDeploy> {
  const { context } = ports.runner;
  const fly = await openFly(ports, { ...inputs, flyApp: wanted.app, flyToken: wanted.token });
  const { platform, target } = fly;
  const [bound, { source, digest }, toSave] = await Promise.all([
    bindRollout(ports, inputs, {
      kind: 'deploy',
      platform,
      target,
      commit: () => context.sha,
      isMine: (release) => platform.isMine(release),
      restores: (release) => platform.restores(release),
    }),
    lookUpSource(fly, inputs, deployLabel(context)),
    snapshotSourceOf(fly, inputs),
  ]);
  const evidence = new Evidence(fly.evidence, ports.clock);
  const snapshot = toSave && new SnapshotFirst({ ports, bound, source: toSave }, inputs);
  const deploy = { fly, bound, source, digest, evidence, snapshot };
  const rollout = evidence.watching<RolloutPorts>({
    ...bound.ports,
    ...shipping(deploy, inputs),
    intent: (live) =>
      intentOf(
        {
          ...{ target, live, commit: context.sha },
          barrier: inputs.rollbackBarrier || snapshot?.isBarrier === true,
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
  return { ...deploy, rollout: snapshot?.before(rollout) ?? rollout };
}

/** A tag that only this run uses: the release of a built image is found by it. */
function deployLabel({ runId, runAttempt }: RunnerContext): string {
  return `belay-${runId ?? 'local'}-${runAttempt}`;
}

/** The image by digest, or `label` for one to be built, and the configuration file judged by flyctl. */
export async function lookUpSource(fly: OpenFly, inputs: FlyDeployInputs, label: string) {
  const [image, config] = await Promise.all([
    inputs.image === undefined ? undefined : resolveImage(fly, inputs.image),
    existingFile(fly.cwd, inputs.config),
  ]);
  if (config !== undefined) await validateConfig(fly, config);
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
