import type { RunnerContext, UntrustedRun } from '#core';
import { pullRequestEvent } from '#core/deployment';
import type { FleetScope, FlySource } from '#core/fly';
import { defined } from '#core/inputs';
import { buildOf } from './image-inputs.ts';
import type { FlyDeployInputs } from './inputs.ts';
import { machinesOf } from './machine-inputs.ts';
import { decideReview, type ReviewAccess, type ReviewSubject, type ReviewWanted } from './review/decide.ts';

/** What the inputs ask for: installing needs neither app nor token, building and deploying need both. */
export type Wanted = { readonly kind: 'install' } | Access | RefusedRun | ReviewWanted;

/** What must not be done for a run of strangers’ code. */
export interface RefusedRun {
  readonly kind: 'refused';
  readonly untrusted: UntrustedRun;
  readonly access: Access;
}

/** An app, and the token that may change it. */
export interface Access {
  readonly kind: 'build' | 'deploy';
  readonly app: string;
  readonly token: string;
  /** Set for the app of a pull request. */
  readonly review?: ReviewSubject & Pick<ReviewAccess, 'organization'>;
}

/** `untrusted`: what the fork rule says of this run. Nothing else may be asked before it. */
export function wantedOf(inputs: FlyDeployInputs, context: RunnerContext, untrusted?: UntrustedRun): Wanted {
  const { installOnly, buildOnly, flyApp, flyToken, reviewApp } = inputs;
  if (reviewApp !== 'false') {
    return decideReview({
      mode: reviewApp,
      token: flyToken,
      organization: inputs.flyOrg,
      service: inputs.service,
      repository: context.repository,
      repositoryId: context.repositoryId,
      event: pullRequestEvent(context),
      eventName: context.eventName,
      untrusted,
    });
  }
  // The rules between inputs have seen to it that a build or a deploy has both.
  if (installOnly || flyApp === undefined || flyToken === undefined) return { kind: 'install' };
  const access: Access = { kind: buildOnly ? 'build' : 'deploy', app: flyApp, token: flyToken };
  return untrusted === undefined ? access : { kind: 'refused', untrusted, access };
}

/** The app this step is about; undefined where it is about none, or about several. */
export function accessOf(wanted: Wanted): Access | undefined {
  switch (wanted.kind) {
    case 'build':
    case 'deploy':
      return wanted;
    case 'review':
    case 'close-review':
      return reviewDeploy(wanted.access, wanted.subject);
    default:
      return undefined;
  }
}

/** The deploy to a pull request's app. */
export function reviewDeploy({ token, organization }: ReviewAccess, review: ReviewSubject): Access {
  return { kind: 'deploy', app: review.name, token, review: { ...review, organization } };
}

/** The machines the inputs name. */
export function scopeOf({ onlyMachines, regions, processGroups }: FlyDeployInputs): FleetScope {
  return { machines: onlyMachines, regions, processGroups };
}

/** What is known of the source beside the inputs. */
export interface SourceFacts {
  /** The image asked for, by digest; absent for a source build. */
  readonly image: string | undefined;
  /** The configuration's path, when there is such a file. */
  readonly config: string | undefined;
  /** The Dockerfile's path, when one was named. */
  readonly dockerfile: string | undefined;
  /** Names this run and attempt: the tag of a built image. */
  readonly label: string;
}

export function sourceOf(
  inputs: FlyDeployInputs,
  { image, config, dockerfile, label }: SourceFacts,
): FlySource {
  return {
    ...defined({ config }),
    ...(image === undefined ? { imageLabel: label } : { image }),
    strategy: inputs.strategy,
    ...defined({ maxUnavailable: inputs.maxUnavailable }),
    buildArgs: Object.entries(inputs.buildArgs).map(([name, value]) => `${name}=${value}`),
    build: buildOf(inputs, dockerfile),
    machines: machinesOf(inputs),
    waitTimeoutMs: inputs.waitTimeoutMs,
    extra: inputs.args,
  };
}
