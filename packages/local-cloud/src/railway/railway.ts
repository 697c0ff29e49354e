import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CloudContext,
  RequestHead,
  Service,
  ServiceAnswer,
  ServiceRequest,
  UpgradedClient,
  Upstream,
} from '../service.ts';
import { Deploys } from './deploys.ts';
import { upstreamFor } from './edge.ts';
import type { Fate } from './fates.ts';
import { answerApi, graphqlRoute, isGraphql } from './graphql-api.ts';
import { Ids } from './ids.ts';
import type { Project } from './model.ts';
import { type InstanceName, instanceNamed, newToken, type TokenSeed } from './names.ts';
import { railwayParts } from './parts.ts';
import type { Repository } from './repository.ts';
import { railwayRoutes } from './routes.ts';
import { type ProjectSeed, plantDeployments, seedProject } from './seed.ts';
import { isSubscription, openSocket } from './socket/upgrade.ts';
import { initialSwitches, type RailwaySwitches } from './switches.ts';
import type { Token } from './tokens.ts';
import { answerUpload, isUpload } from './upload.ts';
import { RailwayWorld } from './world.ts';

type Context = Pick<CloudContext, 'clock' | 'apps' | 'images'>;

const apiHosts: readonly string[] = ['backboard.railway.com', 'backboard.railway.app'];

/** Railway on loopback: GraphQL, uploads that are really run, and the edge in front of services. */
export class Railway implements Service {
  readonly name = 'railway';
  readonly routes = railwayRoutes.map(({ name }) => name);
  readonly parts = railwayParts;
  readonly switches: RailwaySwitches = { ...initialSwitches };
  readonly #context: Context;
  readonly #seed: (railway: Railway) => void;
  #state:
    | { readonly world: RailwayWorld; readonly deploys: Deploys; readonly life: AbortController }
    | undefined;
  #dir: Promise<string> | undefined;
  #directories = 0;
  /** What a seed has deployed, in the order of the seeds. */
  #planting: (() => Promise<void>)[] = [];
  #begun: Promise<void> = Promise.resolve();

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
    this.#planting.push(() => plantDeployments(world, deploys, { project, seed }));
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
    await this.#begin();
    if (!request.headers['user-agent']) return nameless;
    if (isGraphql(request)) return answerApi(request, this.#live);
    return isUpload(request) ? answerUpload(request, this.#live) : undefined;
  }

  upgradeRoute(head: RequestHead): string | undefined {
    return apiHosts.includes(head.host) && isSubscription(head) ? 'subscriptions.connect' : undefined;
  }

  async upgrade(head: RequestHead, connection: UpgradedClient): Promise<void> {
    await this.#begin();
    openSocket(head, connection, this.#live);
  }

  async proxyTo({ host }: RequestHead): Promise<Upstream | undefined> {
    if (apiHosts.includes(host)) return undefined;
    await this.#begin();
    return upstreamFor(this.world.atHost(host));
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
    this.#planting = [];
    state?.life.abort();
    await this.#begun.catch(() => undefined);
    await state?.deploys.killAll();
    const dir = await this.#dir;
    this.#dir = undefined;
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  }

  get #live() {
    if (this.#state === undefined) {
      const life = new AbortController();
      const doors = {
        ...this.#context,
        switches: this.switches,
        ids: new Ids(),
        closed: life.signal,
        directory: () => this.#directory(),
      };
      const world = new RailwayWorld(doors);
      this.#state = { world, deploys: new Deploys(world), life };
      this.#seed(this);
    }
    return this.#state;
  }

  /** The seeds were deployed long ago: whoever asks finds them up. */
  #begin(): Promise<void> {
    void this.#live;
    const planting = this.#planting;
    if (planting.length > 0) {
      this.#planting = [];
      this.#begun = this.#begun.then(async () => {
        for (const plant of planting) await plant();
      });
    }
    return this.#begun;
  }

  async #directory(): Promise<string> {
    this.#dir ??= mkdtemp(join(tmpdir(), 'belay-railway-'));
    this.#directories += 1;
    return mkdtemp(join(await this.#dir, `${this.#directories}-`));
  }
}

/** The edge turns away whoever does not say who they are, before Railway hears of it. */
const nameless: ServiceAnswer = {
  status: 403,
  headers: { server: 'cloudflare', 'content-type': 'text/plain; charset=UTF-8' },
  body: 'error code: 1010',
};
