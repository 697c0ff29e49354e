import type { Clock } from '../../../io/clock.ts';
import { HttpError } from '../../../io/http.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure, Release } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { classOf, isUnderWay } from '../api/deployment-status.ts';
import { AnsweredFalse, RailwayFailure } from '../api/failures.ts';
import { digestOf, shortId } from '../api/release.ts';
import { type Decided, madeSince, mayServe } from '../deploy/decided.ts';
import type { Follower } from '../deploy/follower.ts';
import type { OwnDeployments } from '../deploy/own-deployments.ts';
import { awaitNewDeployment } from '../watch/await-new-deployment.ts';

export interface RollerParts {
  readonly api: RailwayApi;
  readonly clock: Clock;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  readonly follower: Follower;
  log(line: string): void;
}

/** What is to be brought back. */
export interface RollbackAsked {
  readonly release: Release;
  /** What there was at the look that is acted on; undefined where nobody had looked. */
  readonly decided: Decided | undefined;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
}

/** Railway was seen to take 10 s until a rollback's deployment shows, milliseconds. */
const appearsWithinMs = 60_000;

/**
 * Rolls back by Railway's own means: a new deployment with image, settings and variables of the older one, and no build.
 * `deploymentRollback` answers no id, so what was there before is remembered, and what comes is told apart.
 */
export class RailwayRoller {
  readonly #parts: RollerParts;

  constructor(parts: RollerParts) {
    this.#parts = parts;
  }

  /**
   * The new deployment, once Railway calls it live. Failures: `superseded`, with nothing changed, where another deployment
   * has come since the last look; `deployment-not-seen`; those of a deployment, and of the API.
   */
  async rollBack({ release, decided, budgetMs, signal }: RollbackAsked): Promise<Release> {
    const { api, ids, own, clock, log } = this.#parts;
    const end = clock.monotonic() + budgetMs;
    const before = await api.deploymentPage(ids, { first: 50 });
    own.see(before.nodes);
    // A process before this one had asked for it, and was ended: it is not asked for twice.
    const begun = before.nodes.find((one) => own.restores(one.id) === release.id && isUnderWay(classOf(one)));
    if (begun !== undefined) return this.#followed(begun.id, { release, end, signal });
    const meanwhile = decided && madeSince(before.nodes, decided, (id) => own.has(id)).find(mayServe);
    if (meanwhile !== undefined) throw superseded(meanwhile.id);
    const known = new Set(before.nodes.map(({ id }) => id));
    own.rollsBack(release.id);
    const wanted = before.nodes.find(({ id }) => id === release.id) ?? (await api.deployment(release.id));
    for (const { id } of before.nodes.filter((one) => isUnderWay(classOf(one)) && !own.has(one.id)))
      log(`The deployment ${id}, which is on its way and not of this run, gives way to the rollback.`);
    const asked = await this.#ask(release, signal);
    const appeared = await awaitNewDeployment(api, {
      ids,
      known,
      wanted,
      signal,
      budgetMs: Math.min(appearsWithinMs, end - clock.monotonic()),
    });
    const { deployment } = appeared;
    if (deployment === undefined) throw asked ?? notSeen(release);
    own.made({ id: deployment.id, restores: release.id, isMaybe: appeared.isOurs === 'maybe' });
    log(`Railway brings ${release.label} back as deployment ${deployment.id}.`);
    return this.#followed(deployment.id, { release, end, signal });
  }

  async #followed(
    id: string,
    {
      release,
      end,
      signal,
    }: { readonly release: Release; readonly end: number; readonly signal: AbortSignal },
  ): Promise<Release> {
    const { follower, clock, own } = this.#parts;
    const budgetMs = end - clock.monotonic();
    const shipped = await follower.follow(id, { budgetMs, signal, goesOn: true });
    if (shipped.failure !== undefined) throw failed(shipped.failure);
    if (!own.isSure(id) && isOther(shipped.release, release)) {
      own.disown(id);
      throw superseded(id);
    }
    return { ...(shipped.release ?? release), restores: release.id };
  }

  /** What Railway answered, where that leaves it open whether it was done. */
  async #ask({ id }: Release, signal: AbortSignal): Promise<Error | undefined> {
    try {
      await this.#parts.api.deploymentRollback(id, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!isOpen(error)) throw error;
      this.#parts.log(
        `Railway did not say whether it rolls back (${error.message}): looking for its deployment.`,
      );
      return error;
    }
  }
}

/** Whether it may have been done all the same. */
function isOpen(error: unknown): error is Error {
  const tells =
    error instanceof HttpError || error instanceof RailwayFailure || error instanceof AnsweredFalse;
  return tells && error.maybeEffective;
}

/** What said nothing of itself when it appeared has its image by now. */
function isOther(made: Release | undefined, wanted: Release): boolean {
  const digests = [made, wanted].map((one) => digestOf(one?.artifact));
  return !digests.includes(undefined) && digests[0] !== digests[1];
}

function superseded(id: string): ActionFailure {
  return new ActionFailure({
    code: 'superseded',
    what: `Another deployment, ${shortId(id)}, has come since this run looked: nothing was rolled back`,
    why: 'what somebody else deploys meanwhile is not taken down unseen',
    next: 'See what serves now, and start the rollback again where it is still wanted.',
  });
}

function notSeen({ label }: Release): ActionFailure {
  return new ActionFailure({
    code: 'deployment-not-seen',
    what: `Railway accepted the rollback to ${label}, and no new deployment appeared`,
    next: 'Look at the deployments of the service in Railway’s dashboard.',
  });
}

function failed({ reason, what, why, next, evidence = [] }: PlatformFailure): ActionFailure {
  return new ActionFailure({ code: reason, what, next, details: evidence, ...defined({ why }) });
}
