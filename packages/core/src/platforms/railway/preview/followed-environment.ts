import type { Clock } from '../../../io/clock.ts';
import { settle, settlePolicy } from '../../../io/settle.ts';
import type { RailwayApi } from '../api/api.ts';
import {
  type PullRequest,
  pullRequestEnvironment,
  unclaimedEnvironment,
} from '../api/pull-request-environment.ts';
import type { WireEnvironment, WireProject } from '../api/wire-service.ts';
import type { Named } from '../token/token.ts';
import { absentEnvironment } from './absent-environment.ts';

/** What every look at a project's environments needs. */
export interface EnvironmentParts {
  readonly api: RailwayApi;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly project: WireProject;
  readonly service: Named;
}

/** Railway makes it when GitHub's webhook has come: seconds as a rule, minutes on a bad day. Milliseconds. */
const appearsWithinMs = 180_000;
/** Its services are copied into it a moment later, milliseconds. */
const filledWithinMs = 30_000;
/** A look asks for the project and for environments that are new: no more often than this, milliseconds. */
const longestPauseMs = 3_000;

/** The environment that Railway makes by itself for a pull request. */
export class FollowedEnvironment {
  readonly #parts: EnvironmentParts;
  /** Those that are known to be of other pull requests are not asked again. */
  readonly #others = new Set<string>();

  constructor(parts: EnvironmentParts) {
    this.#parts = parts;
  }

  /** As it is at this moment; undefined: there is none. */
  async find(pull: PullRequest): Promise<WireEnvironment | undefined> {
    const { api, project } = this.#parts;
    const { id, environments } = await api.project(project.id);
    const asked = {
      environment: async (environmentId: string, projectId?: string) => {
        const environment = await api.environment(environmentId, projectId);
        const number = environment.meta?.prNumber;
        if (number !== undefined && number !== pull.number) this.#others.add(environmentId);
        return environment;
      },
    };
    const open = environments.filter((one) => !this.#others.has(one.id));
    return pullRequestEnvironment(asked, { id, environments: open }, pull);
  }

  /** One with the name of the pull request's of which Railway does not say whose it is; undefined: there is none. */
  async unclaimed(pull: PullRequest): Promise<WireEnvironment | undefined> {
    const { api, project } = this.#parts;
    return unclaimedEnvironment(api, await api.project(project.id), pull);
  }

  /**
   * Waits until it is there with the service in it, for `leftMs` at most. Failures: `environment-not-made`,
   * `service-left-out`, each with what the project's settings say of it; those of the API.
   */
  async wait(
    pull: PullRequest,
    { leftMs, isBots }: { readonly leftMs: number; readonly isBots: boolean },
  ): Promise<WireEnvironment> {
    const { api, clock, service, project, signal } = this.#parts;
    const started = clock.monotonic();
    let since: number | undefined;
    const has = (environment: WireEnvironment | undefined) =>
      environment?.serviceInstances.some(({ serviceId }) => serviceId === service.id) === true;
    const isOver = () =>
      since === undefined
        ? clock.monotonic() - started >= appearsWithinMs
        : clock.monotonic() - since > filledWithinMs;
    // However late it came, it has its time to be filled.
    const deadlineMs = Math.max(1, Math.min(appearsWithinMs + filledWithinMs, leftMs));
    const settled = await settle({
      clock,
      signal,
      look: async () => {
        const environment = await this.find(pull);
        if (environment !== undefined) since ??= clock.monotonic();
        return environment;
      },
      isFinal: (environment) => has(environment) || isOver(),
      policy: { ...settlePolicy, maxMs: longestPauseMs, deadlineMs },
    });
    if (settled.kind === 'unreachable') throw settled.error;
    const environment = settled.kind === 'final' ? settled.value : settled.last;
    if (environment !== undefined && has(environment)) return environment;
    throw absentEnvironment({
      ...{ pull, project: project.name, service: service.name, environment, isBots },
      settings: await api.pullRequestSettings(project.id).catch(() => undefined),
      waitedS: Math.round((clock.monotonic() - (since ?? started)) / 1_000),
    });
  }
}
