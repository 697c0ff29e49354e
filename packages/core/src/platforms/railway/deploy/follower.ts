import type { Clock } from '../../../io/clock.ts';
import type { PlatformFailure, Release, Shipped } from '../../platform.ts';
import type { RailwayApi } from '../api/api.ts';
import { deploymentFailure } from '../api/deployment-failure.ts';
import { classOf, isFinal } from '../api/deployment-status.ts';
import { failingStep } from '../api/failing-step.ts';
import { type ReleaseFacts, shortId, toRelease } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
import { followDeployment } from '../watch/follow.ts';
import { newestLines } from './last-lines.ts';

export interface FollowerParts {
  readonly api: RailwayApi;
  readonly clock: Clock;
  /** What is known of a deployment beside it. */
  facts(id: string): ReleaseFacts;
  log(line: string): void;
  /** A line of a build or of a container: nobody's word but the service's own. */
  tail(line: string): void;
}

/** How a deployment was seen last. */
export interface LastSeen {
  readonly status: string;
  /** The step of Railway's that failed. */
  readonly failedStep?: string;
}

/** For cancelling what has run out of time, and seeing that it has ended, milliseconds. */
const cancelMs = 15_000;
/** For why it failed, milliseconds. */
const lookMs = 4_000;

/** Follows a deployment to its end, and tells what came of it. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #seen = new Map<string, LastSeen>();

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  seen(id: string): LastSeen | undefined {
    return this.#seen.get(id);
  }

  /** One that does not come to an end in time is cancelled: it would go live when nobody looks any more. */
  async follow(
    id: string,
    { budgetMs, signal }: { readonly budgetMs: number; readonly signal: AbortSignal },
  ): Promise<Shipped> {
    const { api, log, tail, facts } = this.#parts;
    const cancelsInMs = Math.min(cancelMs, budgetMs / 4);
    const followed = await followDeployment(api, id, {
      signal,
      budgetMs: budgetMs - cancelsInMs,
      onProgress: log,
      onLine: tail,
    });
    const last = followed.deployment;
    const of = last === undefined ? undefined : classOf(last);
    if (last === undefined || of === undefined) return { failure: unseen(id) };
    this.#seen.set(id, { status: last.status });
    const release = toRelease(last, facts(id));
    if (of === 'live' || of === 'asleep' || of === 'stopped') return { release };
    if (!isFinal(of)) return { release: await this.#cancelled(release, cancelsInMs), failure: late(last) };
    return { release: { ...release, state: 'failed' }, failure: await this.#failure(last) };
  }

  async #cancelled(release: Release, withinMs: number): Promise<Release> {
    const { api, log } = this.#parts;
    try {
      await api.within(withinMs).deploymentCancel(release.id);
      log(`${release.label} was cancelled: its time is over.`);
      return { ...release, state: 'failed' };
    } catch (error) {
      log(`${release.label} could not be cancelled, and may still go live: ${(error as Error).message}`);
      return release;
    }
  }

  async #failure(last: WireDeployment): Promise<PlatformFailure> {
    const { api } = this.#parts;
    const [lines, events] = await Promise.all([
      newestLines(api, last.id),
      api
        .within(lookMs)
        .deploymentEvents(last.id)
        .catch(() => []),
    ]);
    const step = failingStep(events);
    if (step !== undefined) this.#seen.set(last.id, { status: last.status, failedStep: step.step });
    const failure = deploymentFailure(last, events) ?? late(last);
    return { ...failure, evidence: [...(failure.evidence ?? []), ...lines] };
  }
}

/** It has not come to an end, and its time is over. */
function late({ id, status }: WireDeployment): PlatformFailure {
  return {
    reason: 'deploy-timeout',
    what: `The deployment ${shortId(id)} was still ${status} when its time was over`,
    next: 'Read the log of the build above, and raise `timeout` where it only needs longer.',
  };
}

function unseen(id: string): PlatformFailure {
  return {
    reason: 'platform-unreachable',
    what: `Railway did not tell what became of ${shortId(id)}`,
    next: 'Look at https://status.railway.com, then at the deployment in Railway’s dashboard.',
  };
}
