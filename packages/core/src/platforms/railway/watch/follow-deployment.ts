import { HttpError } from '../../../io/http.ts';
import type { RailwayApi } from '../api/api.ts';
import { classOf, type DeploymentClass, isUnderWay } from '../api/deployment-status.ts';
import { RailwayFailure } from '../api/failures.ts';
import { sparingPause } from '../api/rate-limit.ts';
import type { WireDeployment } from '../api/wire.ts';
import { Bell } from './bell.ts';
import { DeploymentPush } from './deployment-push.ts';
import type { Followed, FollowOptions } from './followed.ts';
import { FollowedDeployment } from './followed-deployment.ts';
import { nextPause } from './poll-pace.ts';

/** For one look with its repeats, milliseconds. */
const lookMs = 8_000;
/** Between two looks, milliseconds. */
const shortestMs = 1_000;
/** For one reading of a log while it is under way, milliseconds. */
const logMs = 3_000;
/** Read when the end is known, for people: milliseconds. */
const evidenceMs = 5_000;
/** A deployment may not be found for so long after it was made, milliseconds. */
const newbornMs = 15_000;
/** SUCCESS is told a moment before its instances count as started, milliseconds. */
const stoppedForMs = 5_000;

/**
 * Follows a deployment until it is not on its way any more, or time is up. What is pushed is told as progress and makes the
 * next look come at once; only a look, a question with an answer, ends it. Statuses may be skipped, streams may end, be
 * refused, or go silent. Failures: those of the API that do not pass, or the signal's reason.
 */
export async function followDeployment(
  api: RailwayApi,
  deploymentId: string,
  options: FollowOptions,
): Promise<Followed> {
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const bell = new Bell();
  const until = options.until ?? ((one) => !isUnderWay(one));
  const seen = new FollowedDeployment({
    tell: options.onProgress,
    line: options.onLine,
    isEnd: (one) => until(classOf(one)),
    bell,
  });
  const { openSocket: open, onLine } = options;
  const push =
    open === undefined
      ? undefined
      : new DeploymentPush({ deploymentId, open, clock: api.clock, signal, sink: seen });
  if (onLine !== undefined) {
    push?.wantLog('build');
    seen.onDeploying = () => push?.wantLog('deploy');
  }
  // Trouble with what pushes is none: it is looked all the same.
  const pushing = push?.run().catch(() => undefined);
  try {
    return await new Looks({ api, deploymentId, options, until, seen, bell, signal }).untilEnded();
  } finally {
    ending.abort(new Error('the deployment is followed no more'));
    await pushing;
  }
}

interface Looking {
  readonly api: RailwayApi;
  readonly deploymentId: string;
  readonly options: FollowOptions;
  readonly until: (one: DeploymentClass) => boolean;
  readonly seen: FollowedDeployment;
  readonly bell: Bell;
  readonly signal: AbortSignal;
}

/** The questions: what Railway answers is the truth. */
class Looks {
  readonly #with: Looking;
  readonly #end: number;
  readonly #began: number;
  #stoppedSince: number | undefined;
  /** How often in a row it was answered to be removed: once may be a stale or a wrong answer. */
  #removed = 0;
  constructor(looking: Looking) {
    this.#with = looking;
    this.#began = looking.api.clock.monotonic();
    this.#end = this.#began + looking.options.budgetMs;
  }

  async untilEnded(): Promise<Followed> {
    const { api, bell, seen, signal, options } = this.#with;
    const { clock } = api;
    let troubleSince: number | undefined;
    for (let pauseMs = 0; ; ) {
      const at = clock.monotonic();
      const before = seen.newest;
      const look = await this.#look();
      if (look instanceof Error) {
        troubleSince ??= at;
        seen.trouble(look);
        if (clock.monotonic() - troubleSince > (options.patienceMs ?? 180_000))
          return { kind: 'unreachable', error: look, deployment: seen.newest };
      } else {
        troubleSince = undefined;
        if (this.#isEnd(look)) return this.#ended(look);
      }
      // Not another look within a second of this one.
      if (at + shortestMs > this.#end) {
        await clock.sleep(Math.max(0, this.#end - clock.monotonic()), signal);
        return { kind: 'late', deployment: seen.newest, events: seen.events };
      }
      const isNews = before?.status !== seen.newest?.status || seen.hasGoneQuiet();
      pauseMs = nextPause(pauseMs, {
        isNews,
        failed: look instanceof Error,
        isPushed: seen.isPushed,
        sparingMs: sparingPause(api.rate),
      });
      if (this.#removed === 1) pauseMs = Math.max(shortestMs, sparingPause(api.rate));
      await this.#rest(pauseMs, { at, bell, signal });
      if (!seen.isPushed) await this.#readLog();
    }
  }

  /** What nobody pushes, as far as it is worth a question: the log of what is under way. */
  async #readLog(): Promise<void> {
    const { api, deploymentId, options, seen, signal } = this.#with;
    const left = this.#end - api.clock.monotonic();
    const isSpare = left >= 2 * logMs && api.rate.retryAfterMs === undefined;
    if (options.onLine === undefined || seen.newest === undefined || !isSpare) return;
    const isBuilt = ['DEPLOYING', 'SUCCESS'].includes(seen.newest.status);
    const reading = api.within(logMs);
    const read = isBuilt ? reading.deploymentLogs(deploymentId, 500) : reading.buildLogs(deploymentId, 500);
    const lines = await read.catch(() => []);
    signal.throwIfAborted();
    seen.lines(isBuilt ? 'deploy' : 'build', {}, lines);
  }

  /** Until the next look: a push may cut it short, though not below a second, nor below a pause that Railway asked for. */
  async #rest(
    pauseMs: number,
    { at, bell, signal }: { readonly at: number; readonly bell: Bell; readonly signal: AbortSignal },
  ): Promise<void> {
    const { clock } = this.#with.api;
    const left = () => Math.max(0, this.#end - clock.monotonic());
    await bell.rest(clock, Math.min(pauseMs, left()), signal);
    const asked = this.#with.api.rate.retryAfterMs ?? 0;
    const tooSoon = at + Math.max(shortestMs, asked) - clock.monotonic();
    if (tooSoon > 0) await clock.sleep(Math.min(tooSoon, left()), signal);
  }

  /** Trouble that may pass is an answer as well. */
  async #look(): Promise<WireDeployment | HttpError | RailwayFailure> {
    const { api, deploymentId, seen, signal } = this.#with;
    const left = Math.max(1_000, this.#end - api.clock.monotonic());
    try {
      const look = await api.within(Math.min(lookMs, left)).deploymentState(deploymentId, signal);
      seen.looked(look);
      return look;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof HttpError || this.#mayPass(error)) return error;
      throw error;
    }
  }

  #mayPass(error: unknown): error is RailwayFailure {
    if (!(error instanceof RailwayFailure)) return false;
    const isNewborn = this.#with.api.clock.monotonic() - this.#began < newbornMs;
    const unknown = error.code === 'deployment-not-found' || error.code === 'not-authorized';
    return error.code === 'platform-error' || (isNewborn && unknown && this.#with.seen.newest === undefined);
  }

  #isEnd(look: WireDeployment): boolean {
    const one = classOf(look);
    const now = this.#with.api.clock.monotonic();
    const { pushed } = this.#with.seen;
    const isPushed = pushed !== undefined && classOf(pushed) === 'superseded';
    this.#removed = one === 'superseded' && !isPushed ? this.#removed + 1 : 0;
    if (this.#removed === 1) return false;
    this.#stoppedSince = one === 'stopped' ? (this.#stoppedSince ?? now) : undefined;
    if (this.#stoppedSince !== undefined && now - this.#stoppedSince < stoppedForMs) return false;
    return this.#with.until(one);
  }

  async #ended(deployment: WireDeployment): Promise<Followed> {
    const { api, deploymentId, seen, options } = this.#with;
    const one = classOf(deployment);
    if (one === 'failed' || one === 'crashed') {
      const left = Math.max(1_000, this.#end - api.clock.monotonic());
      const reading = api.within(Math.min(evidenceMs, left));
      const nothing = () => undefined;
      const [events, build, deploy] = await Promise.all([
        reading.deploymentEvents(deploymentId).catch(nothing),
        options.onLine && reading.buildLogs(deploymentId, 500).catch(nothing),
        options.onLine && reading.deploymentLogs(deploymentId, 500).catch(nothing),
      ]);
      options.signal.throwIfAborted();
      seen.lines('build', {}, build ?? []);
      seen.lines('deploy', {}, deploy ?? []);
      if (events !== undefined) return { kind: 'ended', deployment, class: one, events };
    }
    return { kind: 'ended', deployment, class: one, events: seen.events };
  }
}
