import type { RequestHead, Service, ServiceAnswer, ServiceRequest, Upstream } from '../service.ts';
import { authenticate } from './access.ts';
import { answerBehind } from './behind.ts';
import { executeGraphql } from './graphql/execute.ts';
import { graphqlRouteName } from './graphql/route-name.ts';
import { Ids } from './ids.ts';
import type { Machine } from './machine.ts';
import type { PostgresCluster } from './model.ts';
import { flyParts } from './parts.ts';
import { Refusal, refusalAnswer } from './refusal.ts';
import { matchRoute, type Route, readBody } from './route.ts';
import { flyRoutes, restRoutes } from './routes.ts';
import { type AppSeed, seedApp, seedUnmanaged, type UnmanagedSeed } from './seed.ts';
import { defaultSettings, type FlyDoors, type FlySettings } from './settings.ts';
import { staleLists } from './stale-lists.ts';
import { newVolume, type Volume } from './volume.ts';
import { FlyWorld } from './world.ts';
import { flyWrongStates } from './wrong-states.ts';

type Context = Omit<FlyDoors, 'ids' | 'settings'>;

const ownHosts: readonly string[] = ['api.fly.io', 'api.machines.dev', 'registry.fly.io', '*.fly.dev'];

/** Fly.io on loopback: GraphQL, the REST API of api.fly.io, the Machines API, and the proxy in front of apps. */
export class Fly implements Service {
  readonly name = 'fly';
  readonly routes = flyRoutes.map(({ name }) => name);
  readonly parts = flyParts;
  readonly mutators = {
    ...flyWrongStates,
    ...staleLists,
    'one-release-behind': (_: unknown, request: ServiceRequest) =>
      answerBehind(this.world, request, this.route(request)),
  };
  readonly settings: FlySettings = { ...defaultSettings };
  readonly #context: Context;
  readonly #seed: (fly: Fly) => void;
  #world: FlyWorld | undefined;
  #begun: Promise<void> | undefined;
  #requests = 0;

  constructor(context: Context, seed: (fly: Fly) => void = () => {}) {
    this.#context = context;
    this.#seed = seed;
  }

  /** The state itself. It is seeded when first looked at, so an idle cloud runs no process. */
  get world(): FlyWorld {
    if (this.#world === undefined) {
      this.#world = new FlyWorld({ ...this.#context, settings: this.settings, ids: new Ids() });
      this.#seed(this);
    }
    return this.#world;
  }

  /** An app as it stands after its first deploy: one complete release, its machines booting. */
  createApp(seed: AppSeed): readonly Machine[] {
    return seedApp(this.world, seed);
  }

  /** A machine beside those of the deploys, as `fly machine run` makes it: flyctl leaves it alone, the proxy does not. */
  createUnmanaged(app: string, seed: UnmanagedSeed): Machine {
    return seedUnmanaged(this.world, app, seed);
  }

  /** A volume nothing is attached to; by an id of the caller's, or one like Fly's. */
  createVolume(app: string, wanted: { name: string; id?: string; region?: string; sizeGb?: number }): Volume {
    const { name, id, region = 'iad', sizeGb = 1 } = wanted;
    const made = newVolume({ name, region, sizeGb }, this.world.doors);
    const volume = { ...made, id: id ?? made.id };
    this.world.apps.get(app)?.volumes.set(volume.id, volume);
    return volume;
  }

  /** Some other account has an app of this name. */
  takeName(name: string): void {
    this.world.namesElsewhere.add(name);
  }

  /** A cluster of Managed Postgres without backups. */
  createCluster(cluster: Omit<PostgresCluster, 'backups'>): PostgresCluster {
    const full = { ...cluster, backups: [] };
    this.world.clusters.set(cluster.id, full);
    return full;
  }

  /** Resolves when no machine is on its way to another state. */
  settled(): Promise<void> {
    return this.world.fleet.settled(
      [...this.world.apps.values()].flatMap(({ machines }) => [...machines.values()]),
    );
  }

  route(request: ServiceRequest): string | undefined {
    if (isGraphql(request)) return graphqlRouteName(request.body);
    return matchRoute(restRoutes, request)?.route.name;
  }

  async handle(request: ServiceRequest): Promise<ServiceAnswer | undefined> {
    await this.#begin();
    if (isGraphql(request)) return this.#graphql(request);
    const matched = matchRoute(restRoutes, request);
    if (matched === undefined) return undefined;
    const answer = await this.#answer(matched.route, matched.params, request);
    if (matched.route.surface !== 'flaps') return answer;
    return { ...answer, headers: { ...answer.headers, 'fly-request-id': this.#requestId() } };
  }

  /** Domains of their own that apps have asked certificates for, too. */
  get hosts(): readonly string[] {
    const apps = [...(this.#world?.apps.values() ?? [])];
    return [...ownHosts, ...apps.flatMap(({ certificates }) => [...certificates.keys()])];
  }

  async proxyTo({ host }: RequestHead): Promise<Upstream | undefined> {
    if (!host.endsWith('.fly.dev')) {
      const owner = [...(this.#world?.apps.values() ?? [])].find(({ certificates }) =>
        certificates.has(host),
      );
      return owner && this.world.proxy.upstreamFor(owner);
    }
    await this.#begin();
    const app = this.world.apps.get(host.slice(0, -'.fly.dev'.length));
    return app === undefined ? { kind: 'nothing' } : this.world.proxy.upstreamFor(app);
  }

  appHosts(): readonly string[] {
    return [...this.world.apps.keys()].map((name) => `${name}.fly.dev`);
  }

  async reset(): Promise<void> {
    await this.close();
    Object.assign(this.settings, defaultSettings);
    this.#world = undefined;
    this.#begun = undefined;
  }

  async close(): Promise<void> {
    this.#world?.proxy.close();
    const apps = [...(this.#world?.apps.values() ?? [])];
    const machines = apps.flatMap((app) => [...app.machines.values()]);
    await Promise.all(machines.map((machine) => this.#world?.fleet.kill(machine)));
  }

  /** The seed was deployed long ago: the first request finds its machines up. */
  #begin(): Promise<void> {
    this.#begun ??= this.settled();
    return this.#begun;
  }

  async #answer(route: Route, params: Readonly<Record<string, string>>, request: ServiceRequest) {
    try {
      const { world } = this;
      if (route.access === 'none') {
        const nobody = { value: '', kind: 'readonly', organization: '', email: '' } as const;
        return await route.handle({ world, request, params, token: nobody, body: {} });
      }
      const token = authenticate(world, request.headers);
      this.#assertWithinLimit(route, params);
      return await route.handle({ world, request, params, token, body: readBody(request) });
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, route.surface);
      throw error;
    }
  }

  #assertWithinLimit(route: Route, params: Readonly<Record<string, string>>): void {
    if (!this.settings.rateLimits || route.rate === undefined) return;
    const key = [route.name, params.app, params.machine].filter((part) => part !== undefined).join(' ');
    if (!this.world.limits.admits(key, route.rate)) throw new Refusal(429, 'rate limit exceeded');
  }

  async #graphql(request: ServiceRequest): Promise<ServiceAnswer> {
    try {
      const token = authenticate(this.world, request.headers);
      return await executeGraphql(readBody(request), { world: this.world, token });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // GraphQL words a bad token as an answer, not as a status.
      const unauthorized = {
        message: 'You must be authenticated to view this.',
        extensions: { code: 'UNAUTHORIZED' },
      };
      if (error.status === 401) return { status: 200, body: { data: null, errors: [unauthorized] } };
      return refusalAnswer(error, 'uiex');
    }
  }

  #requestId(): string {
    this.#requests += 1;
    return `${String(this.#requests).padStart(26, '0')}-iad`;
  }
}

function isGraphql(request: ServiceRequest): boolean {
  return request.host === 'api.fly.io' && request.url.pathname === '/graphql' && request.method === 'POST';
}
