import type { Live, Release, Running } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import { servingReleases } from './live-relation.ts';
import type { RolloutPorts } from './ports.ts';
import { isAlike, isOlder, isSurprising, newestOf } from './whole.ts';
import { within } from './within.ts';

/** What serves, and of it what this run has made. */
export interface LiveLook {
  readonly live: Live;
  readonly mine?: Release;
  /** What this run has brought back, under the number it has now. */
  readonly copy?: Release;
}

/** A replica that lags behind tells the old truth for a moment, milliseconds. */
const pauseMs = 1_000;
/** How often in a row the same surprising answer has to come before it counts. */
const timesInARow = 3;
/** A target that shows something else at each look is not worth more than these. */
const timesAtMost = 6;
/** Between two looks at what may still move, milliseconds: longer than a request that was cut is on its way. */
const betweenMs = { atMost: 1_000, atLeast: 250 } as const;
/** What is kept of the time to tell of it, milliseconds. */
const marginMs = 50;

/** So many releases in a row that failed are not worth reading on. */
const listedAtMost = 20;

type LookPorts = Pick<RolloutPorts, 'platform' | 'target' | 'clock' | 'relation'>;

/** Looks at a target, and never believes at once that something has vanished. */
export class Looker {
  readonly #ports: LookPorts;
  #last: Live | undefined;
  /** The newest release that is known to have served. */
  #newest: Release | undefined;

  constructor(ports: LookPorts, last?: Live) {
    this.#ports = ports;
    this.#last = last;
    this.#newest = last && newestOf(last);
  }

  /** This run has made a release live itself, an older one too: only what is older than that is a stale answer. */
  activated(release: Release): void {
    this.#newest = release;
  }

  /** This run knows a release to be there, and what ran of it when it settled: less than that is a stale answer. */
  saw(release: Release, running?: Pick<Running, 'parts'>): void {
    this.#met({ kind: 'one', release });
    if (running?.parts !== undefined) this.#last = { kind: 'one', release, parts: running.parts };
  }

  /**
   * Looks on until two looks are alike: what a cut change had asked for may be on its way. What was seen last is told where
   * there is no time for another look, or no answer to it. Failures: those of `Platform.live`, at the first look.
   */
  async still(signal: AbortSignal, budgetMs: number): Promise<LiveLook> {
    const { clock } = this.#ports;
    const ends = clock.monotonic() + budgetMs;
    let last = await this.look(signal);
    for (;;) {
      const leftMs = ends - clock.monotonic() - marginMs;
      const pauseMs = Math.min(betweenMs.atMost, leftMs / 2);
      if (pauseMs < betweenMs.atLeast) return last;
      await clock.sleep(pauseMs);
      const ms = leftMs - pauseMs;
      const next = await within({ clock, ms, windUpMs: 0 }, (allowance) => this.look(allowance.signal));
      if (next.kind !== 'done') return last;
      if (isAlike(last.live, next.value.live)) return next.value;
      last = next.value;
    }
  }

  /** Failures: those of `Platform.live`. */
  async look(signal: AbortSignal): Promise<LiveLook> {
    const { platform, target, clock } = this.#ports;
    let live = this.#met(await platform.live(target));
    let alike = 1;
    for (let time = 1; time < timesAtMost && alike < timesInARow; time += 1) {
      if (!(await this.#isSurprising(live))) break;
      const isCut = await clock.sleep(pauseMs, signal).then(
        () => false,
        () => true,
      );
      // Without the time to ask again, what was seen is all there is.
      if (isCut) break;
      const before = live;
      live = this.#met(await platform.live(target));
      alike = isAlike(before, live) ? alike + 1 : 1;
    }
    this.#last = live;
    this.#newest = newestOf(live) ?? this.#newest;
    return this.#related(live);
  }

  /** An answer may be late, never early: what it shows has served, whether or not it serves still. */
  #met(live: Live): Live {
    if (!isOlder(live, this.#newest)) this.#newest = newestOf(live) ?? this.#newest;
    return live;
  }

  /** At the first look nothing is surprising but nothing, where there have been releases. */
  async #isSurprising(live: Live): Promise<boolean> {
    if (this.#last !== undefined) return isSurprising(this.#last, live) || isOlder(live, this.#newest);
    return live.kind === 'nothing' && (await this.#hasReleases());
  }

  async #hasReleases(): Promise<boolean> {
    const { platform, target } = this.#ports;
    let listed = 0;
    for await (const { state } of platform.releases(target)) {
      if (state === 'live' || state === 'superseded') return true;
      listed += 1;
      if (listed === listedAtMost) break;
    }
    return false;
  }

  /** With what is known of each release's origin. */
  async #related(live: Live): Promise<LiveLook> {
    let mine: Release | undefined;
    let copy: Release | undefined;
    const related = async (release: Release): Promise<Release> => {
      const relation = await this.#ports.relation?.(release);
      const whole = relation?.restores === undefined ? release : { ...release, restores: relation.restores };
      if (relation?.mine === true) mine ??= whole;
      if (relation?.isCopy === true) copy ??= whole;
      return whole;
    };
    const seen = await withReleases(live, related);
    return { live: seen, ...defined({ mine, copy }) };
  }
}

async function withReleases(live: Live, change: (release: Release) => Promise<Release>): Promise<Live> {
  if (live.kind === 'nothing') return live;
  if (live.kind === 'one') return { ...live, release: await change(live.release) };
  const releases = await Promise.all(servingReleases(live).map(change));
  const shares = live.shares.map((share, at) => ({ ...share, release: releases[at] ?? share.release }));
  return { ...live, shares };
}
