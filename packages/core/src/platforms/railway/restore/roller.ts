import type { Clock } from '../../../io/clock.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure, Release, Remember } from '../../platform.ts';
import { rebuildAdvice } from '../../rebuild.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { classOf, isUnderWay } from '../api/deployment-status.ts';
import { mayBeDone } from '../api/failures.ts';
import { digestOf, shortId } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
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
  warn(line: string): void;
}

/** What is to be brought back. */
export interface RollbackAsked {
  readonly release: Release;
  /** What there was at the look that is acted on; undefined where nobody had looked. */
  readonly decided: Decided | undefined;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly remember?: Remember | undefined;
}

/** Railway was seen to take 10 s until a rollback's deployment shows, milliseconds. */
const appearsWithinMs = 60_000;

/**
 * Rolls back by Railway's own means: a new deployment with image, settings and variables of the older one, and no build.
 * `deploymentRollback` answers no id, so what was there before is remembered, and what comes is told apart. What is built
 * again has all but the image, and `deploymentRedeploy` answers its id.
 */
export class RailwayRoller {
  readonly #parts: RollerParts;

  constructor(parts: RollerParts) {
    this.#parts = parts;
  }

  /**
   * The new deployment, once Railway calls it live. Failures: `superseded`, with nothing changed, where another deployment
   * has come since the last look; `image-expired`; `deployment-not-seen`; those of a deployment, and of the API.
   */
  async rollBack({ release, decided, budgetMs, signal, remember }: RollbackAsked): Promise<Release> {
    const { api, ids, own, clock, log } = this.#parts;
    const end = clock.monotonic() + budgetMs;
    const before = await api.deploymentPage(ids, { first: 50 });
    own.see(before.nodes);
    // A process before this one had asked for it, and was ended: it is not asked for twice.
    const begun = before.nodes.find((one) => own.restores(one.id) === release.id && isUnderWay(classOf(one)));
    if (begun !== undefined) return this.#followed(begun.id, { release, end, signal });
    const meanwhile = decided && madeSince(before.nodes, decided, (id) => own.has(id)).find(mayServe);
    if (meanwhile !== undefined) throw superseded(meanwhile.id);
    const wanted = before.nodes.find(({ id }) => id === release.id) ?? (await api.deployment(release.id));
    if (isRefused(wanted, release)) throw imageExpired(release, wanted);
    const known = new Set(before.nodes.map(({ id }) => id));
    own.rollsBack(release.id);
    remember?.();
    for (const { id } of before.nodes.filter((one) => isUnderWay(classOf(one)) && !own.has(one.id)))
      log(`The deployment ${id}, which is on its way and not of this run, gives way to the rollback.`);
    const asked = await this.#ask(release, signal);
    if (typeof asked === 'string') {
      own.made({ id: asked, restores: release.id });
      remember?.();
      log(`Railway builds ${release.label} again as deployment ${asked}.`);
      return this.#followed(asked, { release, end, signal });
    }
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
    remember?.();
    log(`Railway brings ${release.label} back as deployment ${deployment.id}.`);
    this.#warnOf(appeared.others, { release, decided: decided ?? { known, serving: [] } });
    return this.#followed(deployment.id, { release, end, signal });
  }

  /** Railway retires them with all that is older than the rollback's deployment, which nobody can call back any more. */
  #warnOf(
    others: readonly WireDeployment[],
    { release, decided }: { readonly release: Release; readonly decided: Decided },
  ): void {
    const { own, warn } = this.#parts;
    own.see(others);
    const theirs = madeSince(others, decided, (id) => own.has(id)).filter(mayServe);
    for (const { id } of theirs)
      warn(
        `Somebody else’s deployment ${id} came after this run had asked Railway to bring ${release.label} back: the rollback takes its place. Look at it in Railway’s dashboard, and deploy it again where it is wanted.`,
      );
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
    // What is built again has another image than it had.
    const hasImage = release.rebuild !== 'allowed';
    if (hasImage && !own.isSure(id) && isOther(shipped.release, release)) {
      own.disown(id);
      throw superseded(id);
    }
    return { ...(shipped.release ?? release), restores: release.id };
  }

  /** The id of the new deployment where Railway tells it, or what leaves it open whether there will be one. */
  async #ask({ id, rebuild }: Release, signal: AbortSignal): Promise<string | Error | undefined> {
    const { api } = this.#parts;
    const isRebuild = rebuild === 'allowed';
    try {
      if (isRebuild) return await api.deploymentRedeploy(id, { usePreviousImageTag: false, signal });
      await api.deploymentRollback(id, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!mayBeDone(error)) {
        this.#parts.own.rollsBack(undefined);
        throw error;
      }
      this.#parts.log(
        `Railway did not say whether it ${isRebuild ? 'builds it again' : 'rolls back'} (${error.message}): looking for its deployment.`,
      );
      return error;
    }
  }
}

/** Railway keeps the image of a removed deployment for a time; nobody is asked for what is refused. */
function isRefused({ canRollback }: WireDeployment, { rebuild }: Release): boolean {
  return canRollback === false && rebuild !== 'allowed';
}

function imageExpired(release: Release, { canRedeploy }: WireDeployment): ActionFailure {
  return new ActionFailure({
    code: 'image-expired',
    what: `Railway does not roll back to ${release.label}: it no longer keeps its image`,
    next: canRedeploy === true ? rebuildAdvice(release) : 'Choose a newer one, or deploy a working version.',
  });
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
