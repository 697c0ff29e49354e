import { settle, settlePolicy } from '../../../io/settle.ts';
import { ActionFailure, errorMessage } from '../../../outcome/failure.ts';
import type { PlatformFailure, Release, Target } from '../../platform.ts';
import type { FlyParts } from '../adapter-parts.ts';
import { releaseId } from '../api/release.ts';
import type { WireMachine } from '../api/wire.ts';
import type { FlyDeployer } from '../deploy/deployer.ts';
import { leaseHeld, type PendingChange } from '../deploy/last-look.ts';
import { abandonedMachines } from '../machines/abandoned.ts';
import { conditionOf } from '../machines/condition.ts';
import { isHostLost, machineRelease, newestOn } from '../machines/fleet.ts';
import { isIdle } from '../machines/idle.ts';
import type { MachineReader } from '../machines/machine-reader.ts';
import { MachineVerbs } from '../machines/machine-verbs.ts';
import { inScope } from '../machines/scope.ts';
import {
  describeStaleMachine,
  idleStaleMachines,
  overtakenMachines,
  type StaleMachine,
} from '../machines/stale-machines.ts';
import { asFailure, type Redeploy, Redeployer } from './redeployer.ts';
import { type Fleet, type RestorePlan, restorePlanFor } from './restore-plan.ts';

/** What a restorer has beside the adapter's own. */
export interface RestorerParts extends FlyParts {
  readonly reader: MachineReader;
  /** Told of each stale machine that is gone. */
  destroyed(stale: StaleMachine): void;
}

/** One restore under way. */
interface Restore extends Redeploy {
  readonly fleet: Fleet;
}

interface HealthWanted {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** Whether a machine that seems healthy is one that does what it was told. */
  isBack(machine: WireMachine): boolean;
}

/** Brings releases back, and clears away what failed deploys left beside the fleet. */
export class FlyRestorer {
  readonly #parts: RestorerParts;
  readonly #deployer: FlyDeployer;
  readonly #redeployer: Redeployer;
  constructor(parts: RestorerParts, deployer: FlyDeployer) {
    this.#parts = parts;
    this.#deployer = deployer;
    this.#redeployer = new Redeployer(parts, deployer);
  }

  /**
   * Where the release's own machines still stand, they take over again; else flyctl deploys its image with its own
   * stored configuration, and never its release command.
   */
  async restore(restore: Omit<Restore, 'fleet'>): Promise<Release> {
    const { release, options, signal } = restore;
    const from = this.#parts.clock.monotonic();
    const fleet = await this.#freeFleet(restore);
    this.#assertDecided(restore, fleet);
    const way = restorePlanFor(release, fleet);
    const budgetMs = options.budgetMs - (this.#parts.clock.monotonic() - from);
    const whole = { ...restore, options: { ...options, budgetMs }, fleet };
    if (way.kind === 'redeploy') return this.#redeploy(whole, way);
    try {
      await this.#reinstate(whole, way);
      return release;
    } catch (error) {
      signal.throwIfAborted();
      // Whatever stood in the way, flyctl can still put the old image on every machine.
      this.#warnOf(error);
      return this.#redeploy(whole, { kind: 'redeploy', removeBefore: [], removeAfter: [] });
    }
  }

  /** The fleet once nobody else changes it. Failure: `lease-held`. */
  async #freeFleet({ target, options, signal }: Omit<Restore, 'fleet'>): Promise<Fleet> {
    const fleet = await this.#fleet(target);
    const { budgetMs } = options;
    const machines = inScope(fleet.machines, fleet.scope);
    const { lastLook } = this.#deployer;
    const { held, hasWaited } = await lastLook.awaitFree(
      { app: target.name, machines, budgetMs, signal },
      fleet.releases,
    );
    if (held.length > 0) throw asFailure(leaseHeld(target.name, held));
    return hasWaited ? this.#fleet(target) : fleet;
  }

  /** Nobody has decided about what came after the look that decided: it is not taken over. */
  #assertDecided({ target, decided }: Omit<Restore, 'fleet'>, { machines, scope, isOurs }: Fleet): void {
    const now = newestOn(inScope(machines, scope));
    if (decided === undefined || now <= decided.running || isOurs(releaseId(now))) return;
    throw new ActionFailure({
      code: 'superseded',
      what: `${releaseId(now)} runs on machines of ${target.name}, and it was not there when this was decided`,
      next: 'Look at the run that made it; nothing was switched here.',
    });
  }

  /** Destroys what this run has made that takes no traffic; `only` release commands when the rest is to stay. */
  async clearAway(
    target: Target,
    { only, signal }: { readonly only?: StaleMachine['kind']; readonly signal: AbortSignal },
  ): Promise<void> {
    const { machines, ...known } = await this.#fleet(target);
    const idle = [...idleStaleMachines(machines, known), ...overtakenMachines(machines, known)];
    const gone = idle.filter(({ kind }) => only === undefined || kind === only);
    await this.#tryToRemove(target, gone, signal);
    for (const left of idle.filter((one) => !gone.includes(one))) {
      this.#parts.warn(
        `The ${describeStaleMachine(left)} was left as it is: it takes no traffic, and costs.`,
      );
    }
  }

  /**
   * Destroys what deploys that are over left beside the fleet. What one that lives makes looks the same, but for its
   * leases: `lease-held` or `superseded`, and nothing is touched, as before any change.
   */
  async clearAbandoned(
    target: Target,
    run: Pick<PendingChange, 'decided' | 'budgetMs' | 'signal'>,
  ): Promise<PlatformFailure | undefined> {
    const seen = await this.#abandoned(target);
    if (seen.gone.length === 0) return undefined;
    const { scope, machines } = seen;
    const look = await this.#deployer.lastLook.take({ ...run, app: target.name, scope, machines });
    if ('failure' in look) return look.failure;
    // Whoever was waited for may have come to a good end.
    const { gone } = await this.#abandoned(target);
    await this.#tryToRemove(target, gone, run.signal);
    return undefined;
  }

  async #abandoned(target: Target) {
    const { machines: all, releases, scope } = await this.#fleet(target);
    const machines = inScope(all, scope);
    return { scope, machines, gone: abandonedMachines(machines, releases) };
  }

  async #fleet({ name }: Target): Promise<Fleet> {
    const { api, scope, reader } = this.#parts;
    const [machines, { releases }] = await Promise.all([reader.read(api, name), api.app(name)]);
    this.#deployer.recognise(releases);
    return { machines, releases, scope, isOurs: (id) => this.#deployer.hasMade(id) };
  }

  async #reinstate(
    restore: Restore,
    { retired, remove }: RestorePlan & { kind: 'reinstate' },
  ): Promise<void> {
    const { target, options, signal } = restore;
    const verbs = this.#verbs(target, signal);
    const started = new Set<string>();
    for (const { id, state, cordoned } of retired) {
      if (state === 'stopped' || state === 'stopping') {
        const refused = await verbs.start(id);
        if (refused !== undefined) throw new Error(refused);
        started.add(id);
      }
      if (cordoned === true) await verbs.uncordon(id);
    }
    // One that sleeps is healthy, but not one that was just told to run: it may never have come up.
    const isBack = (machine: WireMachine) => !(started.has(machine.id) && isIdle(machine));
    await this.#awaitHealth(target, retired, { budgetMs: options.budgetMs, isBack, signal });
    await this.#remove(target, remove, signal);
    for (const { id } of retired) await verbs.keep(id);
  }

  async #redeploy(restore: Restore, way: RestorePlan & { kind: 'redeploy' }): Promise<Release> {
    const { target, fleet, signal } = restore;
    await this.#tryToRemove(target, way.removeBefore, signal);
    const gone = new Set(way.removeBefore.map(({ machine }) => machine.id));
    const machines = inScope(fleet.machines, fleet.scope).filter(({ id }) => !gone.has(id));
    const release = await this.#redeployer.redeploy(restore, machines);
    const surplus = way.removeAfter.map((machine) => ({ machine, kind: 'blue' as const }));
    await this.#tryToRemove(target, surplus, signal);
    return release;
  }

  /** Where something cannot be destroyed, people are told what is left. */
  #tryToRemove(target: Target, leftovers: readonly StaleMachine[], signal: AbortSignal): Promise<void> {
    return this.#remove(target, leftovers, signal).catch((error) => {
      signal.throwIfAborted();
      this.#warnOf(error);
    });
  }

  #warnOf(error: unknown): void {
    this.#parts.warn(`What the deploy left could not be cleared away: ${messageOf(error)}`);
  }

  /** One that cannot be destroyed keeps no other alive. Rejects with a line on each that is left. */
  async #remove(target: Target, leftovers: readonly StaleMachine[], signal: AbortSignal): Promise<void> {
    const verbs = this.#verbs(target, signal);
    const left: string[] = [];
    for (const stale of leftovers) {
      const { machine } = stale;
      // Of a lost machine no lease is told, and Fly destroys it when its host is back.
      const isOurs = !isHostLost(machine) && this.#deployer.hasMade(machineRelease(machine) ?? '');
      try {
        await verbs.destroy(machine.id, { isOurs });
        this.#parts.destroyed(stale);
        this.#parts.log(`Destroyed the ${describeStaleMachine(stale)}, which flyctl had left behind.`);
      } catch (error) {
        signal.throwIfAborted();
        left.push(`${describeStaleMachine(stale)} (${messageOf(error)})`);
      }
    }
    if (left.length > 0) throw new Error(left.join(', '));
  }

  /** Failure: `restore-failed`, when the machines are not healthy in time: what replaced them then stays. */
  async #awaitHealth(
    { name }: Target,
    machines: readonly WireMachine[],
    { budgetMs, isBack, signal }: HealthWanted,
  ): Promise<void> {
    if (machines.length === 0) return;
    const { api, clock, waitTimeoutMs } = this.#parts;
    const ids = new Set(machines.map(({ id }) => id));
    const look = async (leftMs: number) => {
      const now = (await api.within(leftMs).machines(name)).filter(({ id }) => ids.has(id));
      const ill = now.filter(
        (machine) => !isBack(machine) || conditionOf(machine, clock.now()).kind !== 'healthy',
      );
      return [...ill.map(({ id }) => id), ...(now.length < ids.size ? ['one that is gone'] : [])];
    };
    const policy = { ...settlePolicy, deadlineMs: Math.min(waitTimeoutMs, budgetMs / 2) };
    const isFinal = (ill: readonly string[]) => ill.length === 0;
    const settled = await settle({ clock, signal, look, isFinal, policy });
    if (settled.kind === 'unreachable') throw settled.error;
    if (settled.kind === 'final') return;
    throw new ActionFailure({
      code: 'restore-failed',
      what: `the machines of the old release are not healthy again: ${settled.last.join(', ')}`,
      next: 'Look at their logs with `fly logs`.',
    });
  }

  #verbs({ name }: Target, signal: AbortSignal): MachineVerbs {
    const { api, clock } = this.#parts;
    return new MachineVerbs({ api, clock, app: name, signal });
  }
}

function messageOf(error: unknown): string {
  return errorMessage(error);
}
