import type { Clock } from '../../../io/clock.ts';
import type { ToolResult } from '../../../io/process.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure, Relation, Release, Shipped } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import { type AskedDeploy, type DeployAttempt, OwnReleases } from '../api/own-releases.ts';
import { digestOf, toRelease } from '../api/release.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { deployArguments, type Flyctl, type FlyDeploy } from '../flyctl/flyctl.ts';
import { CrashWatch } from '../machines/crash-watch.ts';
import { appMachines, digestOfMachine, isHostLost, machineRelease } from '../machines/fleet.ts';
import { inScope, wholeFleet } from '../machines/scope.ts';
import { Advice } from './advice.ts';
import { flyctlFailure } from './failures.ts';
import type { Mounted } from './forgotten-volume.ts';
import { type Decided, LastLook, otherSince } from './last-look.ts';
import { LeaseWatch } from './lease-watch.ts';

/**
 * Fly allows about one call a second for each action on an app, and flyctl gives up at the first 429: our own looks
 * may have used up what it needed. Pauses before each new attempt, milliseconds.
 */
export const rateLimitPauses = [2000, 5000];

/** What one call may take once the job is cancelled, milliseconds. */
const hurriedMs = 500;

/** How a deploy is run, and what for. */
export interface DeployRun {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** Id of the older release that this deploy brings back; absent when it ships something new. */
  readonly restores?: string;
  /** The machines of the scope, as they were seen last. */
  readonly machines: readonly WireMachine[];
  readonly decided: Decided | undefined;
}

export interface DeployerParts {
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly clock: Clock;
  log(line: string): void;
  warn(line: string): void;
}

/** Runs `flyctl deploy` and finds out which release came of it, whatever flyctl says. */
export class FlyDeployer {
  readonly #api: FlyApi;
  readonly #flyctl: Flyctl;
  readonly #clock: Clock;
  readonly #advice: Advice;
  readonly #own = new OwnReleases();
  readonly #log: DeployerParts['log'];
  /** The look directly before a change. */
  readonly lastLook: LastLook;
  constructor({ api, flyctl, clock, log, warn }: DeployerParts) {
    this.#api = api;
    this.#log = log;
    this.lastLook = new LastLook({ api, clock, log, isOurs: (id) => this.hasMade(id) });
    this.#flyctl = flyctl;
    this.#clock = clock;
    this.#advice = new Advice(warn);
  }

  relation(release: Release): Relation {
    return this.#own.relation(release);
  }

  disown(release: Pick<Release, 'id'>): void {
    this.#own.disown(release);
  }

  memory(): string {
    return this.#own.memory();
  }

  recall(memory: string | undefined, asked: AskedDeploy): void {
    this.#own.recall(memory, asked);
  }

  /** What is to be deployed next: another process has to recognise what comes of it. */
  intends(source: Pick<FlyDeploy, 'image' | 'imageLabel'>): void {
    this.#own.intend(attemptOf(source));
  }

  /** Whether a run of this deployer's flyctl made the release with this id, as far as can be told. */
  hasMade(id: string): boolean {
    return this.#own.hasMade(id);
  }

  /** Finds among an app's releases what this run's flyctl made, also when it was cut before naming it. */
  recognise(releases: readonly WireRelease[]): void {
    this.#own.see(releases);
  }

  /** The newest version at the last look before the flyctl that made a release; undefined where this run has not made it. */
  before(version: number): number | undefined {
    return this.#own.before(version);
  }

  /**
   * Rejects with the signal's reason when cancelled; a failure of flyctl is part of the answer. `superseded` and
   * `lease-held`: flyctl was not begun, or was stopped before it had taken anything.
   */
  async deploy(deploy: FlyDeploy, run: DeployRun): Promise<Shipped> {
    const end = this.#clock.monotonic() + run.budgetMs;
    const pauses = [...rateLimitPauses];
    for (;;) {
      const shipped = await this.#once(deploy, { ...run, budgetMs: end - this.#clock.monotonic() });
      if (shipped === 'contested') continue;
      const pauseMs = pauses.shift();
      // Without a release nothing was changed, so the same may be tried again.
      const mayRepeat = shipped.failure?.reason === 'rate-limited' && shipped.release === undefined;
      if (!mayRepeat || pauseMs === undefined) return shipped;
      await this.#clock.sleep(pauseMs, run.signal);
    }
  }

  async #once(deploy: FlyDeploy, run: DeployRun): Promise<Shipped | 'contested'> {
    const { budgetMs, signal, restores } = run;
    const end = this.#clock.monotonic() + budgetMs;
    const { app, scope = wholeFleet } = deploy;
    const look = await this.lastLook.take({ ...run, app, scope });
    if ('failure' in look) return look;
    const attempt = this.#own.begin(attemptOf(deploy, restores), look.releases);
    const watch = this.#watchFor(deploy, attempt);
    const leases = this.#leasesFor(deploy, attempt, this.lastLook.leasable(run.machines, look.releases));
    const result = await this.#flyctl.run(deployArguments(deploy), {
      deadlineMs: end - this.#clock.monotonic(),
      signal: AbortSignal.any([signal, watch.crashed, leases.contested]),
      onLine: (line) => {
        watch.hear(line);
        leases.hear(line);
        this.#advice.hear(line, deploy);
      },
    });
    await leases.end();
    const crash = await watch.end();
    if (leases.contested.aborted && result.endedBy === 'cancelled' && !watch.holdsLeases) {
      signal.throwIfAborted();
      this.#log(String(leases.contested.reason));
      return 'contested';
    }
    // An interrupted flyctl forgets its leases: a restore, in `post` too, would wait 13 s for them to run out.
    if (result.endedBy !== 'exit' && watch.holdsLeases) await this.#freeLeases(deploy, signal.aborted);
    if (!watch.hasRelease && hasFailedBefore(result)) this.#own.madeNone(attempt);
    const release = await this.#release(deploy, attempt, result);
    const made = release === undefined ? {} : { release };
    if (crash === undefined && result.endedBy === 'exit' && result.exitCode === 0) return made;
    signal.throwIfAborted();
    if (crash !== undefined) return { ...made, failure: crash };
    return { ...made, failure: failureOf(result, budgetMs, run.machines) };
  }

  #watchFor({ app }: FlyDeploy, { before }: DeployAttempt): CrashWatch {
    const isOurs = async (release: string) => {
      this.recognise((await this.#api.app(app)).releases);
      return this.hasMade(release);
    };
    return new CrashWatch({ api: this.#api, clock: this.#clock, app, before, isOurs });
  }

  #leasesFor({ app }: FlyDeploy, attempt: DeployAttempt, ids: readonly string[]): LeaseWatch {
    return new LeaseWatch({
      clock: this.#clock,
      release: async () => {
        const { releases } = await this.#api.app(app);
        this.recognise(releases);
        const own = this.#own.releaseOf(attempt, releases);
        if (own === undefined) return 'none';
        return otherSince(own, releases, (id) => this.hasMade(id)) === undefined ? 'made' : 'overtaken';
      },
      areAllHeld: async () => ids.length > 0 && (await this.lastLook.heldOf(app, ids)).length === ids.length,
    });
  }

  /**
   * Of the machines flyctl was updating when a crash ended it: Fly tells the nonce of any lease, also of somebody else's
   * deploy to other machines of the app. Where it fails the leases are waited for.
   */
  async #freeLeases({ app, scope = wholeFleet }: FlyDeploy, isHurried: boolean): Promise<void> {
    const api = isHurried ? this.#api.within(hurriedMs) : this.#api;
    const all = inScope(appMachines(await api.machines(app).catch(() => [])), scope);
    const machines = all.filter((machine) => !isHostLost(machine));
    const free = async ({ id }: WireMachine) => {
      const lease = await api.lease(app, id);
      if (lease !== undefined)
        await api.change(app, { method: 'DELETE', path: `${id}/lease`, nonce: lease.nonce });
    };
    await Promise.all(machines.map((machine) => free(machine).catch(() => {})));
  }

  /** The release flyctl made, by Fly's list, with the digest its machines are to run: the one that was asked for. */
  async #release(
    deploy: FlyDeploy,
    attempt: DeployAttempt,
    { stdout }: ToolResult,
  ): Promise<Release | undefined> {
    const { releases } = await this.#api.app(deploy.app);
    this.#own.claim(attempt, stdout, releases);
    const wire = this.#own.releaseOf(attempt, releases);
    if (wire === undefined) return undefined;
    const release = toRelease(wire);
    const asked = deploy.image === undefined ? undefined : digestOf(deploy.image);
    const artifact = asked ?? release.artifact ?? (await this.#builtDigest(deploy, release));
    const made: Release = artifact === undefined ? release : { ...release, artifact };
    return attempt.restores === undefined ? made : { ...made, restores: attempt.restores };
  }

  /** Of an image that was built: what its machines run; before there is one, what this run's own label names. */
  async #builtDigest({ app, imageLabel }: FlyDeploy, { id }: Release): Promise<string | undefined> {
    const machines = await this.#api.machines(app);
    const running = machines.find((machine) => machineRelease(machine) === id && digestOfMachine(machine));
    if (running !== undefined) return digestOfMachine(running);
    if (imageLabel === undefined) return undefined;
    return (await this.#api.image(app, `registry.fly.io/${app}:${imageLabel}`))?.digest;
  }
}

function attemptOf(
  { image, imageLabel }: Pick<FlyDeploy, 'image' | 'imageLabel'>,
  restores?: string,
): Omit<DeployAttempt, 'before'> {
  return {
    ...defined({ image, imageLabel, restores }),
  };
}

/**
 * Whether flyctl ended by itself and told of no release. Then it has made none, whoever has shipped the same image
 * meanwhile; one that was stopped may have made it. Between making a release and the first word of it flyctl marks it as
 * running, and says so where that fails (`updateReleaseInBackend`, flyctl 0.4).
 */
function hasFailedBefore({ endedBy, exitCode, tail }: ToolResult): boolean {
  const hasSaid = tail.some((line) => line.includes('failed to update release'));
  return endedBy === 'exit' && exitCode !== null && exitCode !== 0 && !hasSaid;
}

function failureOf(result: ToolResult, budgetMs: number, machines: readonly WireMachine[]): PlatformFailure {
  if (result.endedBy !== 'deadline') return flyctlFailure(result.tail, result.exitCode, mountedBy(machines));
  return {
    reason: 'deploy-timeout',
    what: `flyctl had not ended after ${Math.round(budgetMs / 1000)} s and was stopped; it last said: ${result.tail.at(-1) ?? 'nothing'}`,
    why: 'flyctl has no deadline of its own for some calls',
    next: 'Raise `timeout` if the deploy is really that slow; otherwise look at https://status.flyio.net.',
  };
}

function mountedBy(machines: readonly WireMachine[]): readonly Mounted[] {
  return machines.flatMap(({ id, config }) =>
    (config?.mounts ?? []).flatMap(({ name, path }) =>
      name === undefined || path === undefined ? [] : [{ machine: id, name, path }],
    ),
  );
}
