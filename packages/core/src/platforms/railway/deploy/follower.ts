import { errorMessage } from '../../../outcome/failure.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure, Release, Shipped } from '../../platform.ts';
import type { RailwayApi } from '../api/api.ts';
import { deploymentFailure } from '../api/deployment-failure.ts';
import { classOf, type DeploymentClass, isUnderWay } from '../api/deployment-status.ts';
import { failingStep } from '../api/failing-step.ts';
import { type ReleaseFacts, shortId, toRelease } from '../api/release.ts';
import type { WireDeployment, WireEvent } from '../api/wire.ts';
import { followDeployment } from '../watch/follow-deployment.ts';
import type { Followed, FollowedLine } from '../watch/followed.ts';
import type { OpenSocket } from '../watch/open-socket.ts';
import { newestLines } from './last-lines.ts';

export interface FollowerParts {
  readonly api: RailwayApi;
  readonly openSocket: OpenSocket;
  /** What is known of a deployment beside it. */
  facts(id: string): ReleaseFacts;
  log(line: string): void;
  /** A line of a build or of a container. */
  tail(line: FollowedLine): void;
  /** Folds what is told meanwhile. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** How a deployment was seen last. */
export interface LastSeen {
  readonly status: string;
  /** The step of Railway's that failed. */
  readonly failedStep?: string;
}

interface Allowed {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /**
   * False: what does not come to an end in time goes on, since it is wanted whenever it comes. Default: it is cancelled, and
   * so is what waits for a person, since either would go live when nobody looks any more.
   */
  readonly goesOn?: boolean;
  /** The checks it may wait for have this very job among them: once it waits, nothing comes of it. */
  readonly waitsForThis?: boolean;
}

/** For cancelling what has run out of time, milliseconds; never more than a quarter of it. */
const cancelMs = 15_000;

/** Follows a deployment to its end, and tells what came of it. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #seen = new Map<string, LastSeen>();

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Why Railway skipped the deployment that was followed last; undefined where it did not. */
  skippedReason: string | undefined;

  seen(id: string): LastSeen | undefined {
    return this.#seen.get(id);
  }

  /** After it was followed, or of one that never was: what Railway says of it now. */
  saw({ id, status }: Pick<WireDeployment, 'id' | 'status'>): void {
    this.#seen.set(id, { ...this.#seen.get(id), status });
  }

  async follow(
    id: string,
    { budgetMs, signal, goesOn = false, waitsForThis = false }: Allowed,
  ): Promise<Shipped> {
    const { api, openSocket, log, tail, group } = this.#parts;
    const lastMs = goesOn ? 0 : Math.min(cancelMs, budgetMs / 4);
    const until = (one: DeploymentClass) => !isUnderWay(one) || (waitsForThis && one === 'waiting');
    const options = { signal, budgetMs: budgetMs - lastMs, openSocket, onProgress: log, onLine: tail, until };
    const followed = await group(`Deployment ${shortId(id)} on Railway`, () =>
      followDeployment(api, id, options),
    );
    const { deployment } = followed;
    if (deployment !== undefined) this.#see(deployment, eventsOf(followed));
    const isWaiting = followed.kind === 'ended' && followed.class === 'needs-approval';
    if (isWaiting && !goesOn) await this.#cancel(id, lastMs, 'it waits for a person');
    if (followed.kind === 'ended') return this.#ended(followed);
    const isCancelled = !goesOn && (await this.#cancel(id, lastMs, 'its time is over'));
    const failure =
      followed.kind === 'late' ? late(id, deployment, isCancelled) : unreachable(id, followed.error);
    if (deployment === undefined) return { failure };
    const release = this.#release(deployment);
    return { failure, release: isCancelled ? { ...release, state: 'failed' } : release };
  }

  async #ended({ deployment, events }: Followed & { kind: 'ended' }): Promise<Shipped> {
    const release = this.#release(deployment);
    if (classOf(deployment) === 'waiting') return { release, failure: waitingForThis(deployment.id) };
    const failure = deploymentFailure(deployment, events);
    if (failure === undefined) return { release };
    const lines = await newestLines(this.#parts.api, deployment.id);
    return {
      release: { ...release, state: 'failed' },
      failure: { ...failure, evidence: [...(failure.evidence ?? []), ...lines] },
    };
  }

  #see({ id, status, meta }: WireDeployment, events: readonly WireEvent[]): void {
    this.skippedReason = meta.skippedReason;
    this.#seen.set(id, { status, ...defined({ failedStep: failingStep(events)?.step }) });
  }

  #release(deployment: WireDeployment): Release {
    return toRelease(deployment, this.#parts.facts(deployment.id));
  }

  async #cancel(id: string, withinMs: number, why: string): Promise<boolean> {
    const { api, log } = this.#parts;
    try {
      await api.within(withinMs).deploymentCancel(id);
      log(`${shortId(id)} was cancelled: ${why}.`);
      return true;
    } catch (error) {
      log(`${shortId(id)} could not be cancelled, and may still go live: ${errorMessage(error)}`);
      return false;
    }
  }
}

function eventsOf(followed: Followed): readonly WireEvent[] {
  return followed.kind === 'ended' && followed.class === 'failed' ? followed.events : [];
}

function late(id: string, deployment: WireDeployment | undefined, isCancelled: boolean): PlatformFailure {
  return {
    reason: 'deploy-timeout',
    what: `The deployment ${shortId(id)} was still ${deployment?.status ?? 'not to be seen'} when its time was over`,
    why: isCancelled
      ? 'it was cancelled, so that it does not go live when nobody looks'
      : 'Railway goes on with it, and it may still go live',
    next: 'Read the log of the build above, and raise `timeout` where it only needs longer.',
  };
}

function waitingForThis(id: string): PlatformFailure {
  return {
    reason: 'waiting-for-ci',
    what: `The deployment ${shortId(id)} waits for the checks of its commit, and this job is one of them`,
    why: '“Wait for CI” is on: Railway begins once every workflow run of the commit has ended, and this one waits for Railway',
    next: 'Wait for it in a workflow on `deployment_status`, or switch “Wait for CI” off for the service.',
  };
}

function unreachable(id: string, error: Error): PlatformFailure {
  return {
    reason: 'platform-unreachable',
    what: `Railway did not tell what became of the deployment ${shortId(id)}: ${error.message}`,
    next: 'Look at https://status.railway.com, then at the deployment in Railway’s dashboard.',
  };
}
