import {
  type FlySource,
  pullRequestEvent,
  type Release,
  type RolloutPlan,
  type RunnerContext,
  untrustedRun,
} from '#core';
import type { FlyDeployInputs } from './inputs.ts';
import { decideReview, type ReviewAccess, type ReviewSubject, type ReviewWanted } from './review/decide.ts';

/** A deploy, of an app and its environment in the ledger. */
export interface DeployWanted {
  readonly kind: 'deploy';
  readonly app: string;
  readonly token: string;
  /** Set for the app of a pull request. */
  readonly review?: ReviewSubject;
}

/** What the inputs ask for: installing needs neither app nor token, deploying needs both. */
export type Wanted = { readonly kind: 'install' } | DeployWanted | ReviewWanted;

export function wantedOf(inputs: FlyDeployInputs, context: RunnerContext): Wanted {
  const { installOnly, flyApp, flyToken, reviewApp } = inputs;
  if (reviewApp !== 'false') {
    return decideReview({
      ...{ mode: reviewApp, token: flyToken, organization: inputs.flyOrg, service: inputs.service },
      ...{ repository: context.repository, repositoryId: context.repositoryId },
      ...{ event: pullRequestEvent(context), eventName: context.eventName, untrusted: untrustedRun(context) },
    });
  }
  // The rules between inputs have seen to it that a deploy has both.
  if (installOnly || flyApp === undefined || flyToken === undefined) return { kind: 'install' };
  return { kind: 'deploy', app: flyApp, token: flyToken };
}

/** The deploy to a pull request's app. */
export function reviewDeploy({ token }: ReviewAccess, review: ReviewSubject): DeployWanted {
  return { kind: 'deploy', app: review.name, token, review };
}

/** A deploy to Fly: shipping makes the release live. */
export function planOf({ onFailure, rollbackBarrier, checks }: FlyDeployInputs): RolloutPlan {
  return {
    kind: 'deploy',
    obtain: 'ship',
    activation: 'with-obtain',
    until: 'live',
    onFailure,
    barrier: rollbackBarrier,
    hasChecks: checks !== undefined,
    checksStaged: false,
  };
}

/** What is known of the source beside the inputs. */
export interface SourceFacts {
  /** The image asked for, by digest; absent for a source build. */
  readonly image: string | undefined;
  /** The configuration's path, when there is such a file. */
  readonly config: string | undefined;
  /** Names this run and attempt: the tag of a built image. */
  readonly label: string;
}

export function sourceOf(inputs: FlyDeployInputs, { image, config, label }: SourceFacts): FlySource {
  return {
    ...(config === undefined ? {} : { config }),
    ...(image === undefined ? { imageLabel: label } : { image }),
    strategy: inputs.strategy,
    buildArgs: Object.entries(inputs.buildArgs).map(([name, value]) => `${name}=${value}`),
    waitTimeoutMs: inputs.waitTimeoutMs,
    extra: inputs.args,
  };
}

/**
 * Whether what serves already is what is wanted: the same image, deployed from the same commit, so with the same
 * fly.toml. Extra arguments may change anything.
 */
export function alreadyServes(
  live: Release,
  wanted: {
    readonly digest: string | undefined;
    readonly commit: string | undefined;
    readonly liveCommit: string | undefined;
    readonly args: readonly string[];
  },
): boolean {
  const { digest, commit, liveCommit, args } = wanted;
  if (digest === undefined || commit === undefined || args.length > 0) return false;
  return live.artifact === digest && liveCommit === commit;
}
