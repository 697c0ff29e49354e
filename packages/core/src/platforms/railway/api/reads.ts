import type { Clock } from '../../../io/clock.ts';
import { type Decoder, object, optional, text } from '../../../text/decode.ts';
import type { RailwayToken } from '../token/token.ts';
import { queries } from './documents.ts';
import { RailwayGraphql, type RailwayPorts } from './graphql.ts';
import { newestFirst } from './newest-first.ts';
import type { RateLimit } from './rate-limit.ts';
import * as wire from './wire.ts';
import * as service from './wire-service.ts';

/** Ids of a service in an environment. */
export interface ServiceIds {
  readonly projectId: string;
  readonly environmentId: string;
  readonly serviceId: string;
}

/** What is read of Railway. Whoever is refused learns of which ids and with which kind of token. Failures: RailwayFailure, HttpError. */
export class RailwayReads {
  readonly token: RailwayToken;
  readonly clock: Clock;
  protected readonly ports: RailwayPorts;
  protected readonly graphql: RailwayGraphql;
  constructor(ports: RailwayPorts, token: RailwayToken, graphql = new RailwayGraphql(ports, token)) {
    this.token = token;
    this.clock = ports.clock;
    this.ports = ports;
    this.graphql = graphql;
  }

  /** What the newest answer said of how often may be asked. */
  get rate(): RateLimit {
    return this.graphql.rate;
  }

  /** What Railway says of itself, one line each: asked once, however often. Never throws. */
  statusEvidence(): Promise<readonly string[]> {
    return this.graphql.statusEvidence();
  }

  project(projectId: string): Promise<service.WireProject> {
    return this.#read(queries.project, { projectId }, { project: service.project });
  }

  /** What the project makes for pull requests by itself. */
  pullRequestSettings(projectId: string): Promise<service.WirePullRequestSettings> {
    const project = service.pullRequestSettings;
    return this.#read(queries.pullRequestSettings, { projectId }, { project });
  }

  /** Of a workspace, else all that the token sees. */
  projects(workspaceId?: string): AsyncGenerator<{ readonly id: string; readonly name: string }> {
    const projects = wire.pageOf(wire.named);
    return pages((after) => this.#read(queries.projects, { workspaceId, after }, { projects }));
  }

  /** With the services in it and, of one for a pull request, whose it is. */
  environment(environmentId: string, projectId?: string): Promise<service.WireEnvironment> {
    return this.#read(
      queries.environment,
      { environmentId, projectId },
      { environment: service.environment },
    );
  }

  /** What the workspace forbids; undefined where it does not tell. */
  policy(workspaceId: string): Promise<service.WirePolicy | undefined> {
    return this.#read(queries.policy, { workspaceId }, { workspacePolicy: optional(service.policy) });
  }

  /** `free`, `trial`, `hobby`, `pro`; undefined where it cannot be read. */
  async plan(projectId: string): Promise<string | undefined> {
    const project = object({ subscriptionType: wire.maybe(text) });
    return (await this.#read(queries.plan, { projectId }, { project })).subscriptionType;
  }

  /** The settings in force, and what runs. */
  serviceInstance({
    serviceId,
    environmentId,
  }: Omit<ServiceIds, 'projectId'>): Promise<service.WireServiceInstance> {
    const { serviceInstance } = service;
    return this.#read(queries.serviceInstance, { serviceId, environmentId }, { serviceInstance });
  }

  /** Every deployment of a service, newest first within each page of 50. */
  deployments(ids: ServiceIds): AsyncGenerator<wire.WireDeployment> {
    return pages((after) => this.deploymentPage(ids, { after, first: 50 }));
  }

  async deploymentPage(
    { projectId, environmentId, serviceId }: ServiceIds,
    { after, first }: { readonly after?: string | undefined; readonly first: number },
  ): Promise<wire.Page<wire.WireDeployment>> {
    const variables = { input: { projectId, environmentId, serviceId }, first, after };
    const deployments = wire.pageOf(wire.deployment);
    const page = await this.#read(queries.deployments, variables, { deployments });
    return { ...page, nodes: newestFirst(page.nodes) };
  }

  deployment(deploymentId: string): Promise<wire.WireDeployment> {
    return this.#read(queries.deployment, { deploymentId }, { deployment: wire.deployment });
  }

  /** What of a deployment moves, and no more: for following it. */
  deploymentState(deploymentId: string, signal?: AbortSignal): Promise<wire.WireDeployment> {
    return this.#read(queries.deploymentState, { deploymentId }, { deployment: wire.deployment }, signal);
  }

  /** In the order in which they began. */
  async deploymentEvents(deploymentId: string): Promise<readonly wire.WireEvent[]> {
    const deploymentEvents = wire.pageOf(wire.deploymentEvent);
    const events = pages((after) =>
      this.#read(queries.deploymentEvents, { deploymentId, after }, { deploymentEvents }),
    );
    const all = await Array.fromAsync(events);
    return all.toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  }

  /** Of the build: the newest `limit` lines, at most 5,000. One more may come than was asked for. */
  buildLogs(deploymentId: string, limit: number): Promise<readonly wire.WireLogLine[]> {
    return this.#read(queries.buildLogs, { deploymentId, limit }, { buildLogs: wire.logLines });
  }

  /** Of the containers, as `buildLogs`. */
  deploymentLogs(deploymentId: string, limit: number): Promise<readonly wire.WireLogLine[]> {
    return this.#read(queries.deploymentLogs, { deploymentId, limit }, { deploymentLogs: wire.logLines });
  }

  /** The newest `beforeLimit` lines before a moment (ISO 8601), by Railway's filter: `@snapshot:<id> OR @replica:<id>`. */
  environmentLogs(
    environmentId: string,
    asked: { readonly filter: string; readonly beforeDate?: string; readonly beforeLimit: number },
  ): Promise<readonly wire.WireLogLine[]> {
    const variables = { environmentId, ...asked };
    return this.#read(queries.environmentLogs, variables, { environmentLogs: wire.logLines });
  }

  /** What deploys this service at a push. */
  triggers(ids: ServiceIds): Promise<readonly service.WireTrigger[]> {
    const deploymentTriggers = wire.nodesOf(service.trigger);
    return this.#read(queries.triggers, idsOnly(ids), { deploymentTriggers });
  }

  /** Whether pushes deploy this service at all. */
  autoDeploy(ids: ServiceIds): Promise<service.WireAutoDeploy> {
    return this.#read(queries.autoDeploy, idsOnly(ids), {
      serviceInstanceAutoDeployStatus: service.autoDeploy,
    });
  }

  #read<T>(
    document: string,
    variables: object,
    field: Readonly<Record<string, Decoder<T>>>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.graphql.query({ document, variables, data: wire.onlyField(field), signal });
  }
}

/** Variables a document does not declare are an error. */
function idsOnly({ projectId, environmentId, serviceId }: ServiceIds): ServiceIds {
  return { projectId, environmentId, serviceId };
}

async function* pages<T>(page: (after: string | undefined) => Promise<wire.Page<T>>): AsyncGenerator<T> {
  const seen = new Set<string>();
  for (let after: string | undefined; ; ) {
    const { nodes, next } = await page(after);
    yield* nodes;
    // One that leads back would lead round for ever.
    if (next === undefined || seen.has(next)) return;
    seen.add(next);
    after = next;
  }
}
