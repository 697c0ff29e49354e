import { HttpError } from '../../../io/http.ts';
import { settle, settlePolicy } from '../../../io/settle.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { RailwayApi } from '../api/api.ts';
import { mayBeDone, RailwayFailure } from '../api/failures.ts';
import { hostsOf } from '../api/target.ts';
import type { Named } from '../token/token.ts';
import type { EnvironmentParts } from './followed-environment.ts';

/** An environment whose answer was lost shows within this, milliseconds. */
const appearsWithinMs = 15_000;
/** Railway copies in the background: the services are in it by then, milliseconds. */
const filledWithinMs = 90_000;

/** The environments that are made here, one for each pull request, known by their names. */
export class MadeEnvironments {
  readonly #parts: EnvironmentParts;
  readonly #source: () => Named;

  /** `source`: the environment that they are copies of; failures of its name come when it is asked for. */
  constructor(parts: EnvironmentParts, source: () => Named) {
    this.#parts = parts;
    this.#source = source;
  }

  /** What they are copies of. Failures: `target-not-found`, `target-ambiguous`. */
  get source(): Named {
    return this.#source();
  }

  /** Those there are at this moment. */
  async list(): Promise<readonly Named[]> {
    const { environments } = await this.#parts.api.project(this.#parts.project.id);
    return environments.filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** The oldest one of this name: of two runs at once, both take the same. */
  async find(name: string): Promise<Named | undefined> {
    const { environments } = await this.#parts.api.project(this.#parts.project.id);
    const named = environments.filter((one) => one.deletedAt === undefined && one.name === name);
    const [oldest] = named.toSorted((one, other) => ageOf(one).localeCompare(ageOf(other)));
    return oldest;
  }

  /** Sees to it that there is one of this name, and one only. `isNew`: this call has made it. Failures: those of the API. */
  async prepare(name: string): Promise<Named & { readonly isNew: boolean }> {
    const there = await this.find(name);
    if (there !== undefined) return { ...there, isNew: false };
    const made = await this.#create(name);
    const kept = await this.find(name);
    if (made === undefined || kept === undefined || kept.id === made.id) {
      const found = made ?? kept;
      if (found !== undefined) return { id: found.id, name: found.name, isNew: made !== undefined };
      throw new ActionFailure(notShown(name));
    }
    // Another run made one in the same moment: the older one stays.
    await this.remove(made.id);
    return { ...kept, isNew: false };
  }

  /** Undefined where another run was faster, or the answer was lost and it is there all the same. */
  async #create(name: string): Promise<Named | undefined> {
    const { api, project, signal } = this.#parts;
    const wanted = { projectId: project.id, name, sourceEnvironmentId: this.source.id };
    try {
      return await api.environmentCreate({ ...wanted, skipInitialDeploys: true }, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HttpError || error instanceof RailwayFailure)) throw error;
      // Never sent twice before it was looked for; what was plainly refused may have been made by another run.
      const waitMs = mayBeDone(error) ? appearsWithinMs : 1;
      const isThere = (found: Named | undefined) => found !== undefined;
      const looked = await this.#until(() => this.find(name), isThere, waitMs);
      if (looked === undefined) throw error;
      return undefined;
    }
  }

  /** Waits until the service is in it. Failure: `service-left-out`. */
  async filled({ id, name }: Named, leftMs: number): Promise<void> {
    const { api, project, service } = this.#parts;
    const look = async () => (await api.environment(id, project.id)).serviceInstances;
    const has = (all: Awaited<ReturnType<typeof look>>) =>
      all.some(({ serviceId }) => serviceId === service.id);
    const seen = await this.#until(look, has, Math.max(1, Math.min(filledWithinMs, leftMs)));
    if (seen !== undefined && has(seen)) return;
    throw new ActionFailure({
      code: 'service-left-out',
      what: `The environment ${name} was made, and does not have the service ${service.name}`,
      why: `it is a copy of ${this.source.name}: the service is not there, or Railway is still copying`,
      next: `Add the service to ${this.source.name}, or run the job again.`,
    });
  }

  /**
   * Gives the service a domain of Railway's where the one it is a copy of can be reached and this one cannot: what is
   * private there stays private. Answers its host where it has made one.
   */
  async reachable({ id }: Named): Promise<string | undefined> {
    const { api, service, signal } = this.#parts;
    const own = { serviceId: service.id, environmentId: id };
    const hosts = async () => hostsOf(await api.serviceInstance(own));
    if ((await hosts()).length > 0) return undefined;
    const of = await api.serviceInstance({ serviceId: service.id, environmentId: this.source.id });
    if (hostsOf(of).length === 0) return undefined;
    const targetPort = [...(of.domains?.serviceDomains ?? []), ...(of.domains?.customDomains ?? [])].find(
      (one) => one.targetPort !== undefined,
    )?.targetPort;
    try {
      return await api.serviceDomainCreate(own, {
        ...(targetPort === undefined ? {} : { targetPort }),
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      // Each time it is asked it makes one more.
      const [made] = mayBeDone(error) ? await hosts() : [];
      if (made === undefined) throw error;
      return made;
    }
  }

  /** Removes it with everything in it. `gone`: somebody else had. Failures: those of the API. */
  async remove(id: string): Promise<'removed' | 'gone'> {
    const { api, signal } = this.#parts;
    const isThere = async () => (await this.list()).some((one) => one.id === id);
    try {
      await api.environmentDelete(id, signal);
      return 'removed';
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HttpError || error instanceof ActionFailure) || (await isThere())) throw error;
      return mayBeDone(error) ? 'removed' : 'gone';
    }
  }

  async #until<T>(
    look: () => Promise<T>,
    isFinal: (value: T) => boolean,
    deadlineMs: number,
  ): Promise<T | undefined> {
    const { clock, signal } = this.#parts;
    const policy = { ...settlePolicy, deadlineMs };
    const settled = await settle({ clock, signal, look, isFinal, policy });
    if (settled.kind === 'unreachable') throw settled.error;
    return settled.kind === 'final' ? settled.value : settled.last;
  }
}

type Environment = Awaited<ReturnType<RailwayApi['project']>>['environments'][number];

function ageOf({ createdAt = '', id }: Environment): string {
  return `${createdAt} ${id}`;
}

function notShown(name: string) {
  return {
    code: 'environment-not-made',
    what: `Railway does not show the environment ${name}, which was made`,
    next: 'Look among the project’s environments in Railway’s dashboard, then run the job again.',
  };
}
