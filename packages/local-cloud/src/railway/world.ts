import type { Deployment, Environment, Project, Service, ServiceInstance } from './deployment.ts';
import type { Fate } from './fates.ts';
import { Limits } from './limits.ts';
import { LogBook } from './log-book.ts';
import type { Domain, Workspace } from './model.ts';
import type { Repository } from './repository.ts';
import { Sleepers } from './sleep.ts';
import type { RailwayDoors } from './switches.ts';
import type { Token, User } from './token.ts';

/** All the state there is: workspaces with their projects, and the tokens that open them. */
export class RailwayWorld {
  readonly doors: RailwayDoors;
  readonly limits: Limits;
  readonly sleepers: Sleepers;
  readonly workspaces = new Map<string, Workspace>();
  readonly projects = new Map<string, Project>();
  readonly tokens = new Map<string, Token>();
  readonly users = new Map<string, User>();
  /** By `owner/name`. */
  readonly repositories = new Map<string, Repository>();
  readonly deployments = new Map<string, Deployment>();
  /** By service instance: the next deployment takes the first. */
  readonly fates = new Map<string, Fate[]>();
  readonly #logs = new Map<string, LogBook>();

  constructor(doors: RailwayDoors) {
    this.doors = doors;
    this.limits = new Limits(doors.clock);
    this.sleepers = new Sleepers(doors);
  }

  logsOf(environment: Environment): LogBook {
    const { clock, switches } = this.doors;
    const known = this.#logs.get(environment.id);
    const book =
      known ??
      new LogBook(
        () => clock.now(),
        () => switches.logTimes,
      );
    this.#logs.set(environment.id, book);
    return book;
  }

  /** What is there, deleted environments left out. */
  environments(): readonly Environment[] {
    return [...this.projects.values()]
      .flatMap(({ environments }) => [...environments.values()])
      .filter(({ deletedAt }) => deletedAt === undefined);
  }

  environment(id: string): Environment | undefined {
    return this.environments().find((environment) => environment.id === id);
  }

  service(id: string): Service | undefined {
    return [...this.projects.values()]
      .map(({ services }) => services.get(id))
      .find((one) => one !== undefined);
  }

  instances(): readonly ServiceInstance[] {
    return this.environments().flatMap(({ instances }) => [...instances.values()]);
  }

  /** The service instance that has this host, and its domain. */
  atHost(host: string): { readonly instance: ServiceInstance; readonly domain: Domain } | undefined {
    for (const instance of this.instances()) {
      const domain = instance.domains.find((one) => one.domain === host);
      if (domain !== undefined) return { instance, domain };
    }
    return undefined;
  }
}

/** Newest first, as Railway lists them whenever it was seen to. */
export function newestFirst(instance: ServiceInstance): readonly Deployment[] {
  return instance.deployments.toReversed();
}
