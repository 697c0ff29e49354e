import type { Clock } from '../../../io/clock.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure, ShipOptions, Shipped } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { isPassing } from '../api/failures.ts';
import { sparingPause } from '../api/rate-limit.ts';
import { shortId } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
import type { Follower } from '../deploy/follower.ts';
import type { OwnDeployments } from '../deploy/own-deployments.ts';
import type { RailwayMatch } from './match.ts';
import { type After, afterIt, newestOf } from './newest-of.ts';
import { lacksRepository, type PushFacts, whyNotMade } from './why-not-made.ts';

export interface FinderParts {
  readonly api: RailwayApi;
  readonly clock: Clock;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  readonly follower: Follower;
  log(line: string): void;
}

interface Allowed extends Pick<ShipOptions, 'remember'> {
  /** By the monotonic clock. */
  readonly end: number;
  readonly signal: AbortSignal;
}

/** A push shows as a deployment within this, milliseconds; what comes later was seen in incidents alone. */
const appearsWithinMs = 180_000;
/** For reading why none has appeared; never more than a quarter of the time. Milliseconds. */
const whyMs = 8_000;
/** Between two looks at the list: longer each time. Milliseconds. */
const pace = { firstMs: 1_500, factor: 1.3, mostMs: 6_000 };
/** How often a removed one’s successor is looked for: it may be listed a moment later. */
const looksAfterRemoval = 3;
const firstPage = 20;

/** Finds the deployment that Railway makes of a push by itself, and follows it. Nothing it finds is ever cancelled by it. */
export class Finder {
  readonly #parts: FinderParts;

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  async find(
    match: RailwayMatch,
    { budgetMs, signal, remember }: ShipOptions & { readonly signal: AbortSignal },
  ): Promise<Shipped> {
    const { clock, log } = this.#parts;
    const began = clock.monotonic();
    const allowed = { end: began + budgetMs, signal, ...defined({ remember }) };
    let found: WireDeployment | undefined;
    try {
      const appeared = await this.#appears(match, { ...allowed, budgetMs });
      if (appeared instanceof Error) return { failure: unanswered(match, appeared) };
      found = appeared;
      if (found === undefined) return { failure: await this.#whyNone(match, clock.monotonic() - began) };
      for (;;) {
        const shipped = await this.#follow(found, match, allowed);
        const after = await this.#after(found, shipped, { match, ...allowed });
        if (after.kind === 'nothing') return shipped;
        if (after.kind === 'another') return { ...shipped, failure: superseded(found, after.deployment) };
        log(`Railway deploys the same commit once more: ${shortId(found.id)} is followed no further.`);
        found = after.deployment;
      }
    } catch (error) {
      if (signal.aborted && found !== undefined)
        log(`Nobody waits for ${found.id} any more. Railway goes on with it, and it goes live unproved.`);
      throw error;
    }
  }

  async #follow(
    found: WireDeployment,
    match: RailwayMatch,
    { end, signal, remember }: Allowed,
  ): Promise<Shipped> {
    const { own, follower, clock, log } = this.#parts;
    own.follows(found);
    remember?.();
    log(`Railway deploys ${match.commit.slice(0, 7)} by itself: deployment ${found.id}.`);
    const waitsForThis = match.isCheck && (await this.#waitsForChecks());
    const budgetMs = Math.max(1, end - clock.monotonic());
    return follower.follow(found.id, { budgetMs, signal, goesOn: true, waitsForThis });
  }

  /** Whether “Wait for CI” is on, or may be. */
  async #waitsForChecks(): Promise<boolean> {
    const { api, ids } = this.#parts;
    const triggers = await api
      .within(4_000)
      .triggers(ids)
      .catch(() => []);
    return triggers.length === 0 || triggers.some(({ checkSuites }) => checkSuites !== false);
  }

  /**
   * Looks until there is one. A service that no push can deploy has none, whenever it is looked. The error, where Railway
   * did not answer in the end: whether there is one is not known then.
   */
  async #appears(
    match: RailwayMatch,
    { end, signal, budgetMs }: Allowed & { readonly budgetMs: number },
  ): Promise<WireDeployment | Error | undefined> {
    const { api, clock, log } = this.#parts;
    const last = Math.min(clock.monotonic() + appearsWithinMs, end - Math.min(whyMs, budgetMs / 4));
    let before: Error | undefined;
    for (let pauseMs = pace.firstMs, isFirst = true; ; isFirst = false) {
      const listed = await this.#listed(end, signal);
      const trouble = listed instanceof Error ? listed : undefined;
      const found = listed instanceof Error ? undefined : newestOf(listed, match.commit);
      if (found !== undefined) return found;
      if (isFirst && lacksRepository(await this.#pushFacts())) return undefined;
      if (isFirst) log(`Waiting for Railway to deploy ${match.commit.slice(0, 7)}.`);
      const left = last - clock.monotonic();
      // One look that failed at the very end does not hide what was seen just before it.
      if (left <= 0) return isFirst ? trouble : trouble && before;
      before = trouble;
      await clock.sleep(Math.min(left, Math.max(pauseMs, sparingPause(api.rate))), signal);
      pauseMs = Math.min(pace.mostMs, pauseMs * pace.factor);
    }
  }

  /** What has come after a deployment that was followed to its end. */
  async #after(
    found: WireDeployment,
    { failure }: Shipped,
    { match, end, signal }: Allowed & { readonly match: RailwayMatch },
  ): Promise<After> {
    const { clock, api } = this.#parts;
    // What stands still, or could not be asked, has not come to its end.
    if (failure !== undefined && unended.includes(failure.reason)) return { kind: 'nothing' };
    const isRemoved = failure?.reason === 'deployment-removed';
    for (let look = 1; ; look += 1) {
      const listed = await this.#listed(end, signal);
      const all = listed instanceof Error ? [] : listed;
      const after = afterIt(all, found, { commit: match.commit, isRemoved });
      if (after.kind !== 'nothing' || !isRemoved || look === looksAfterRemoval) return after;
      const pauseMs = Math.max(pace.firstMs, sparingPause(api.rate));
      if (clock.monotonic() + pauseMs >= end) return after;
      await clock.sleep(pauseMs, signal);
    }
  }

  /** The error, where Railway could not be asked and may be asked again. */
  async #listed(end: number, signal: AbortSignal): Promise<readonly WireDeployment[] | Error> {
    const { api, ids, clock } = this.#parts;
    signal.throwIfAborted();
    try {
      const within = Math.max(1_000, Math.min(8_000, end - clock.monotonic()));
      return (await api.within(within).deploymentPage(ids, { first: firstPage })).nodes;
    } catch (error) {
      if (!isPassing(error)) throw error;
      return error;
    }
  }

  async #whyNone(match: RailwayMatch, waitedMs: number): Promise<PlatformFailure> {
    return whyNotMade(match, await this.#pushFacts(), waitedMs);
  }

  async #pushFacts(): Promise<PushFacts> {
    const { api, ids } = this.#parts;
    const quick = api.within(whyMs / 2);
    const untold = () => undefined;
    const [instance, autoDeploy, triggers] = await Promise.all([
      quick.serviceInstance(ids).catch(untold),
      quick.autoDeploy(ids).catch(untold),
      quick.triggers(ids).catch(untold),
    ]);
    return { instance, autoDeploy, triggers };
  }
}

const unended: readonly string[] = [
  'deploy-timeout',
  'platform-unreachable',
  'needs-approval',
  'waiting-for-ci',
];

function unanswered({ commit }: RailwayMatch, error: Error): PlatformFailure {
  return {
    reason: 'platform-unreachable',
    what: `Railway did not tell whether it deploys the commit ${commit.slice(0, 7)}: ${error.message}`,
    next: 'Look at https://status.railway.com, then at the deployments of the service in Railway’s dashboard.',
  };
}

function superseded(found: WireDeployment, by: WireDeployment): PlatformFailure {
  return {
    reason: 'superseded',
    what: `The deployment ${shortId(found.id)} was removed, because ${shortId(by.id)}, of something else, came after it`,
    next: 'See how the newer one ends: what this run was about is not deployed any more.',
  };
}
