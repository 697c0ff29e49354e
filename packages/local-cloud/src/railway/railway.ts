import type {
  RequestHead,
  Service,
  ServiceAnswer,
  ServiceRequest,
  UpgradedClient,
  Upstream,
} from '../service.ts';
import type { Deployment, Project } from './deployment.ts';
import { upstreamFor } from './edge.ts';
import type { Fate } from './fates.ts';
import { deployPush, moveHost } from './git-deploys.ts';
import { answerApi, graphqlRoute, isGraphql } from './graphql-api.ts';
import type { PullRequest } from './model.ts';
import { type InstanceName, instanceNamed, newToken, projectNamed, type TokenSeed } from './names.ts';
import { railwayParts } from './parts.ts';
import { type OpenedPullRequest, openPullRequest } from './pull-requests.ts';
import { removeEnvironment } from './remove-environment.ts';
import type { Repository } from './repository.ts';
import { railwayRoutes } from './routes.ts';
import { type ProjectSeed, plantDeployments, seedProject } from './seed.ts';
import { isSubscription, openSocket } from './socket/upgrade.ts';
import { type Context, RailwayState } from './state.ts';
import { initialSwitches, type RailwaySwitches } from './switches.ts';
import type { Token } from './token.ts';
import { answerUpload, isUpload } from './upload.ts';
import type { RailwayWorld } from './world.ts';
import { railwayWrongStates } from './wrong-states.ts';

const apiHosts: readonly string[] = ['backboard.railway.com', 'backboard.railway.app'];

/** Railway on loopback: GraphQL, uploads that are really run, and the edge in front of services. */
export class Railway implements Service {
  readonly name = 'railway';
  readonly routes = railwayRoutes.map(({ name }) => name);
  readonly parts = railwayParts;
  readonly mutators = railwayWrongStates;
  readonly switches: RailwaySwitches = { ...initialSwitches };
  readonly #context: Context;
  readonly #seed: (railway: Railway) => void;
  #state: RailwayState | undefined;

  constructor(context: Context, seed: (railway: Railway) => void = () => {}) {
    this.#context = context;
    this.#seed = seed;
  }

  /** The state itself. What it has deployed is started when somebody first asks, so an idle cloud runs no process. */
  get world(): RailwayWorld {
    return this.#live.world;
  }

  /** A project whose services have been deployed as the seed says. */
  createProject(seed: ProjectSeed): Project {
    const { world, deploys } = this.#live;
    const project = seedProject(world, seed);
    this.#live.plant(() => plantDeployments(world, deploys, { project, seed }));
    return project;
  }

  seedRepository(repository: Repository): void {
    this.world.repositories.set(repository.name, repository);
  }

  addToken(seed: TokenSeed): Token {
    return newToken(this.world, seed);
  }

  /** What becomes of the next deployment of a service; several are taken in turn. */
  next(name: InstanceName, ...fates: readonly Fate[]): void {
    const { id } = instanceNamed(this.world, name);
    this.world.fates.set(id, [...(this.world.fates.get(id) ?? []), ...fates]);
  }

  /** A push to a repository, as its webhook tells; told twice, each service has two deployments of one commit. */
  async push(repository: string, sha: string): Promise<readonly Deployment[]> {
    await this.#live.begin();
    return deployPush(this.#live, { repository, sha });
  }

  /** A pull request of a repository gets its environment, and is deployed in it. */
  async openPullRequest(
    pull: PullRequest,
    sha: string,
    project?: string,
    how: Pick<OpenedPullRequest, 'without'> = {},
  ) {
    await this.#live.begin();
    return openPullRequest(this.#live, { project: projectNamed(this.world, project), pull, sha, ...how });
  }

  /** The pull request is closed: Railway removes its environment. */
  async closePullRequest({ repo, number }: Pick<PullRequest, 'repo' | 'number'>): Promise<void> {
    const { world, deploys } = this.#live;
    const own = world.environments().filter(({ pull }) => pull?.repo === repo && pull.number === number);
    for (const environment of own) await removeEnvironment({ world, deploys }, environment);
  }

  /** What Railway does by itself, as when a host is emptied: the image that serves is deployed again. */
  async moveHost(name: InstanceName): Promise<Deployment> {
    await this.#live.begin();
    return moveHost(this.#live.deploys, instanceNamed(this.world, name));
  }

  get hosts(): readonly string[] {
    const custom = (this.#state?.world.instances() ?? []).flatMap(({ domains }) => domains);
    return [...apiHosts, '*.up.railway.app', ...custom.map(({ domain }) => domain)];
  }

  route(request: ServiceRequest): string | undefined {
    if (!apiHosts.includes(request.host)) return undefined;
    if (isGraphql(request)) return graphqlRoute(request);
    return isUpload(request) ? 'upload' : undefined;
  }

  async handle(request: ServiceRequest): Promise<ServiceAnswer | undefined> {
    await this.#live.begin();
    if (!request.headers['user-agent']) return nameless;
    if (isGraphql(request)) return answerApi(request, this.#live);
    return isUpload(request) ? answerUpload(request, this.#live) : undefined;
  }

  upgradeRoute(head: RequestHead): string | undefined {
    return apiHosts.includes(head.host) && isSubscription(head) ? 'subscriptions.connect' : undefined;
  }

  async upgrade(head: RequestHead, connection: UpgradedClient): Promise<void> {
    await this.#live.begin();
    openSocket(head, connection, this.#live);
  }

  async proxyTo({ host }: RequestHead): Promise<Upstream | undefined> {
    if (apiHosts.includes(host)) return undefined;
    await this.#live.begin();
    return upstreamFor(this.world, host);
  }

  appHosts(): readonly string[] {
    return this.world.instances().flatMap(({ domains }) => domains.map(({ domain }) => domain));
  }

  async reset(): Promise<void> {
    await this.close();
    Object.assign(this.switches, initialSwitches);
  }

  async close(): Promise<void> {
    const state = this.#state;
    this.#state = undefined;
    await state?.close();
  }

  get #live(): RailwayState {
    if (this.#state === undefined) {
      this.#state = new RailwayState(this.#context, this.switches);
      this.#seed(this);
    }
    return this.#state;
  }
}

/** The edge turns away whoever does not say who they are, before Railway hears of it. */
const nameless: ServiceAnswer = {
  status: 403,
  headers: { server: 'cloudflare', 'content-type': 'text/plain; charset=UTF-8' },
  body: 'error code: 1010',
};
