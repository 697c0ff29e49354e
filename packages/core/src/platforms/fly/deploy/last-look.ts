import type { Clock } from '../../../io/clock.ts';
import type { PlatformFailure, Release } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import { releaseId, toRelease } from '../api/release.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { appMachines, isHostLost, machineRelease, newestOn } from '../machines/fleet.ts';
import { type FleetScope, inScope } from '../machines/scope.ts';
import { isUnfinished } from '../machines/stale-machines.ts';

/** What was known when something was decided: nobody has decided about what came after. */
export interface Decided {
  /** The newest version that Fly listed. */
  readonly listed: number;
  /** The newest version that ran. */
  readonly running: number;
}

/** What is about to be changed, and by when. */
export interface PendingChange {
  readonly app: string;
  readonly scope: FleetScope;
  /** The machines of the scope, as they were seen last. */
  readonly machines: readonly WireMachine[];
  /** Undefined where nobody had looked. */
  readonly decided: Decided | undefined;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
}

export interface LastLookParts {
  readonly api: FlyApi;
  readonly clock: Clock;
  log(line: string): void;
  /** Whether a release, by id, is one this run made. */
  isOurs(release: string): boolean;
}

/** Fly allows about one call a second for each action on a machine. */
const pauseMs = 1_000;
/** One lease that is not told in time keeps nobody from shipping, milliseconds. */
const askingMs = 2_000;
/** Of the time there is, what may be spent on waiting for others: the rest is for what is waited for. */
const waitingShare = 0.5;
/** What a flyctl that was killed has left runs out within 13 s: that long is waited if half of the time is less. */
const leftMs = 15_000;
const waitingShareAtMost = 0.8;

/** A machine that somebody holds. */
export interface LeasedMachine {
  readonly id: string;
  readonly owner: string | undefined;
}

/**
 * The look directly before a change. flyctl tries for a minute to lease a machine that another client holds, and then
 * overwrites what that one has made: so nothing is begun before nobody else changes the machines.
 */
export class LastLook {
  readonly #parts: LastLookParts;
  constructor(parts: LastLookParts) {
    this.#parts = parts;
  }

  /** The app's releases once its machines are free; `lease-held` or `superseded` where nothing may be changed. */
  async take(
    subject: PendingChange,
  ): Promise<{ readonly releases: readonly WireRelease[] } | { readonly failure: PlatformFailure }> {
    const { api } = this.#parts;
    const { app } = subject;
    const before = await api.app(app);
    const quiet = await this.awaitFree(subject, before.releases);
    const { releases } = quiet.hasWaited ? await api.app(app) : before;
    const other = await this.#other(subject, releases);
    if (other !== undefined) return { failure: superseded(app, other) };
    return quiet.held.length > 0 ? { failure: leaseHeld(app, quiet.held) } : { releases };
  }

  /** Waits while others hold leases of the machines, at most half of the time there is. Answers those still held. */
  async awaitFree(
    { app, machines, budgetMs, signal }: Omit<PendingChange, 'decided' | 'scope'>,
    releases: readonly WireRelease[],
  ): Promise<{ readonly held: readonly LeasedMachine[]; readonly hasWaited: boolean }> {
    const { clock, log } = this.#parts;
    const waitMs = Math.max(budgetMs * waitingShare, Math.min(leftMs, budgetMs * waitingShareAtMost));
    const end = clock.monotonic() + waitMs;
    let held = await this.heldOf(app, this.leasable(machines, releases));
    if (held.length === 0) return { held, hasWaited: false };
    log(`Another client is changing ${named(held)}: waiting until it has ended.`);
    while (held.length > 0 && clock.monotonic() + pauseMs < end) {
      await clock.sleep(pauseMs, signal);
      held = await this.heldOf(
        app,
        held.map(({ id }) => id),
      );
    }
    return { held, hasWaited: true };
  }

  /** Those that flyctl is going to lease. What an own flyctl made and did not finish is under a lease of its own. */
  leasable(machines: readonly WireMachine[], releases: readonly WireRelease[]): readonly string[] {
    const { isOurs } = this.#parts;
    return appMachines(machines)
      .filter((machine) => !isHostLost(machine))
      .filter((machine) => !(isOurs(machineRelease(machine) ?? '') && isUnfinished(machine, releases)))
      .map(({ id }) => id);
  }

  /** Of these machines, by id, those that are leased. */
  async heldOf(app: string, ids: readonly string[]): Promise<readonly LeasedMachine[]> {
    const api = this.#parts.api.within(askingMs);
    const leases = await Promise.all(ids.map((id) => api.lease(app, id).catch(() => undefined)));
    return ids.flatMap((id, at) => {
      const lease = leases[at];
      return lease === undefined ? [] : [{ id, owner: lease.owner }];
    });
  }

  /** A release by others that was not there when this was decided, or did not run yet. */
  async #other(
    { app, scope, decided }: PendingChange,
    releases: readonly WireRelease[],
  ): Promise<WireRelease | undefined> {
    if (decided === undefined) return undefined;
    const { api, isOurs } = this.#parts;
    const others = releases.filter((release) => isLivingOther(release, isOurs));
    const since = others.find(({ version }) => version > decided.listed);
    if (since !== undefined || !others.some(({ version }) => version > decided.running)) return since;
    // On its way when this was decided: by now it may have arrived.
    const machines = await api.machines(app).catch(() => []);
    const newest = newestOn(inScope(machines, scope));
    return newest > decided.running ? others.find(({ version }) => version === newest) : undefined;
  }
}

/** The newest that others have released after the own release. */
export function otherSince(
  { version: own }: WireRelease,
  releases: readonly WireRelease[],
  isOurs: (release: string) => boolean,
): WireRelease | undefined {
  return releases.find((release) => release.version > own && isLivingOther(release, isOurs));
}

function isLivingOther(release: WireRelease, isOurs: (release: string) => boolean): boolean {
  return !isOurs(releaseId(release.version)) && toRelease(release).state !== 'failed';
}

/** What is compared to tell what a release took over. */
export interface Between {
  /** The newest version at the last look. */
  readonly before: number;
  /** The release that is asked about. */
  readonly own: number;
  /** Ids of the releases that run on machines. */
  readonly running: ReadonlySet<string>;
  isOurs(release: string): boolean;
}

/**
 * What others made live between a run's last look and its own release, newest first. One with a higher number may have
 * come first all the same: it had the machines, and flyctl waited for them. Then it is complete, and runs nowhere.
 */
export function tookOver(
  releases: readonly WireRelease[],
  { before, own, running, isOurs }: Between,
): readonly Release[] {
  return releases
    .filter(({ version }) => version > before && version !== own && !isOurs(releaseId(version)))
    .map((wire) => ({ release: toRelease(wire), isLater: wire.version > own }))
    .filter(({ release: { id, state }, isLater }) =>
      isLater ? state === 'superseded' && !running.has(id) : state !== 'failed',
    )
    .map(({ release }) => release);
}

export function superseded(app: string, { version, user }: WireRelease): PlatformFailure {
  const by = user?.email === undefined ? '' : `, made by ${user.email},`;
  return {
    reason: 'superseded',
    what: `Another release has come: ${releaseId(version)} of ${app}${by} was not there when this was decided`,
    next: 'Look at the run that made it; nothing was switched here.',
  };
}

export function leaseHeld(app: string, held: readonly LeasedMachine[]): PlatformFailure {
  return {
    reason: 'lease-held',
    what: `Another client still holds the lease of ${named(held)} of ${app}`,
    why: 'flyctl would wait for it, and then overwrite what it has made',
    next: 'Wait for the other deploy to end, then run this job again.',
  };
}

/** `machine 148e… (held by eve@example.com)`. */
function named(held: readonly LeasedMachine[]): string {
  return held
    .map(({ id, owner }) => `machine ${id}${owner === undefined ? '' : ` (held by ${owner})`}`)
    .join(', ');
}
