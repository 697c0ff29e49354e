import { type Decoder, flag, object, text } from '../../../text/decode.ts';
import type { Named } from '../token/token.ts';
import { mutations } from './documents.ts';
import { AnsweredFalse } from './failures.ts';
import { namedIds } from './named-ids.ts';
import { RailwayReads, type ServiceIds } from './reads.ts';
import { named, onlyField } from './wire.ts';

export type { ServiceIds } from './reads.ts';

/** Settings of a service instance that we change. They take effect with its next deployment. */
export interface ServiceChange {
  /** Of a service whose source is an image: by digest, since a tag may move. */
  readonly source?: { readonly image: string };
}

export interface WantedEnvironment {
  readonly projectId: string;
  readonly name: string;
  /** Copied with its services, variables and settings. */
  readonly sourceEnvironmentId?: string | undefined;
  readonly skipInitialDeploys?: boolean;
}

/**
 * Railway's API as we use it: what it can be asked, and the changes, each named as its mutation. A change is sent once:
 * after an HttpError or RailwayFailure that is `maybeEffective`, look before you ask again.
 */
export class RailwayApi extends RailwayReads {
  /** The same, with no answer waited for longer than `leftMs`. */
  within(leftMs: number): RailwayApi {
    return new RailwayApi(this.ports, this.token, this.graphql.within(leftMs));
  }

  /**
   * A new deployment with image, settings and variables of an older one. Its id is not answered: see `awaitNewDeployment`.
   */
  deploymentRollback(deploymentId: string, signal?: AbortSignal): Promise<void> {
    return this.#done(mutations.rollback, { deploymentId }, { deploymentRollback: flag }, signal);
  }

  /** The id of a new deployment of the same source: built anew, unless the image it had is used. */
  async deploymentRedeploy(
    deploymentId: string,
    { usePreviousImageTag, signal }: { readonly usePreviousImageTag: boolean; readonly signal?: AbortSignal },
  ): Promise<string> {
    const deploymentRedeploy = object({ id: text });
    const variables = { deploymentId, usePreviousImageTag };
    return (await this.#change(mutations.redeploy, variables, { deploymentRedeploy }, signal)).id;
  }

  /** Of one that is in flight; it ends REMOVED. */
  deploymentCancel(deploymentId: string, signal?: AbortSignal): Promise<void> {
    return this.#done(mutations.cancel, { deploymentId }, { deploymentCancel: flag }, signal);
  }

  /** Takes one down, also one that serves. */
  deploymentRemove(deploymentId: string, signal?: AbortSignal): Promise<void> {
    return this.#done(mutations.remove, { deploymentId }, { deploymentRemove: flag }, signal);
  }

  /** The id of a new deployment with the settings in force; of a commit, where the service has a repository. */
  serviceInstanceDeployV2(
    { serviceId, environmentId }: Omit<ServiceIds, 'projectId'>,
    { commitSha, signal }: { readonly commitSha?: string; readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    const variables = { serviceId, environmentId, commitSha };
    return this.#change(mutations.deploy, variables, { serviceInstanceDeployV2: text }, signal);
  }

  /** Deploys nothing by itself. */
  serviceInstanceUpdate(
    { serviceId, environmentId }: Omit<ServiceIds, 'projectId'>,
    input: ServiceChange,
    signal?: AbortSignal,
  ): Promise<void> {
    const variables = { serviceId, environmentId, input };
    return this.#done(mutations.update, variables, { serviceInstanceUpdate: flag }, signal);
  }

  /** Answers when it is begun. Not with a project token. */
  environmentCreate(wanted: WantedEnvironment, signal?: AbortSignal): Promise<Named> {
    const input = { ...wanted, ephemeral: true, applyChangesInBackground: true };
    return this.#change(mutations.createEnvironment, { input }, { environmentCreate: named }, signal);
  }

  /** Not with a project token. */
  environmentDelete(environmentId: string, signal?: AbortSignal): Promise<void> {
    return this.#done(mutations.deleteEnvironment, { environmentId }, { environmentDelete: flag }, signal);
  }

  /** The host of one more domain, each time it is asked: list them first. */
  async serviceDomainCreate(
    { serviceId, environmentId }: Omit<ServiceIds, 'projectId'>,
    { targetPort, signal }: { readonly targetPort?: number; readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    const input = { serviceId, environmentId, targetPort };
    const serviceDomainCreate = object({ domain: text });
    return (await this.#change(mutations.createDomain, { input }, { serviceDomainCreate }, signal)).domain;
  }

  #change<T>(
    document: string,
    variables: object,
    field: Readonly<Record<string, Decoder<T>>>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.graphql.mutate({ document, variables, data: onlyField(field), signal });
  }

  /** Errors come with HTTP 200, and so does a change that was not made: only `true` says that it was. */
  async #done(
    document: string,
    variables: object,
    field: Readonly<Record<string, Decoder<boolean>>>,
    signal?: AbortSignal,
  ): Promise<void> {
    if (await this.#change(document, variables, field, signal)) return;
    throw new AnsweredFalse({
      code: 'request-refused',
      what: `Railway answered false to ${Object.keys(field)[0]} (${namedIds(variables)})`,
      why: 'it gives no reason with it',
      next: 'Look at the deployments of the service in Railway’s dashboard, then run the job again.',
    });
  }
}
