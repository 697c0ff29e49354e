import { askGates } from '../gates/ask-gates.ts';
import { HttpError } from '../io/http.ts';
import { ActionFailure } from '../outcome/failure.ts';
import type { Live, Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import { takeTurn, waitTurn } from './await-turn.ts';
import type { Effect, RolloutEvent } from './events.ts';
import { failureFor, failureOf, messageOf } from './failures.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { soleRelease } from './live-relation.ts';
import { Looker } from './look.ts';
import type { CheckVerdict, RolloutPlan } from './plan.ts';
import type { Allowance, RolloutPorts, VerifyRequest } from './ports.ts';
import { RestoreChoosing } from './restore-choosing.ts';
import { isWhole } from './whole.ts';
import { within } from './within.ts';

/** Does one piece of work over the ports and tells what came of it. Throws only before anything is recorded. */
export class Performer {
  readonly #ports: RolloutPorts;
  readonly #plan: RolloutPlan;
  readonly #writer: LedgerWriter;
  readonly #looker: Looker;
  /** When the state was seen that is decided on, by the monotonic clock. */
  #observedAt = 0;

  /** `last`: what was seen by the run that is gone on with. */
  constructor(ports: RolloutPorts, plan: RolloutPlan, writer: LedgerWriter, last?: Live) {
    this.#looker = new Looker(ports, last);
    this.#ports = ports;
    this.#plan = plan;
    this.#writer = writer;
  }

  async perform(effect: Effect, allowance: Allowance): Promise<RolloutEvent> {
    switch (effect.do) {
      case 'observe':
        return this.#observe(effect, allowance);
      case 'admit':
        return this.#admit(effect.live, allowance).catch((error) =>
          effect.again ? notAdmitted(error) : refuse(error),
        );
      case 'check-before':
        return this.#checkBefore(effect.live, allowance);
      case 'record':
        return this.#record(effect);
      case 'take-turn':
        return this.#takeTurn(effect, allowance);
      case 'wait-turn':
        return this.#waitTurn(effect, allowance);
      case 'prepare':
        return this.#prepare(allowance);
      case 'obtain':
        return this.#obtain(allowance);
      case 'look':
        return this.#look(effect, allowance);
      case 'look-again':
        return this.#lookAgain(allowance);
      case 'activate':
        return this.#activate(effect, allowance);
      case 'settle':
        return { kind: 'settled', result: await this.#settle(effect, allowance) };
      case 'verify':
        return { kind: 'verified', verdict: await this.#verify(effect, allowance) };
      case 'choose-restore':
        return new RestoreChoosing(this.#ports, this.#writer.ticket.id).choose(effect, allowance);
    }
  }

  async #observe({ again }: Effect & { do: 'observe' }, { signal }: Allowance): Promise<RolloutEvent> {
    try {
      if (again) this.#ports.renew?.();
      const { live } = await this.#looker.look(signal);
      this.#observedAt = this.#ports.clock.monotonic();
      const release = soleRelease(live);
      const verdict = release === undefined ? 'none' : await this.#ports.verdict(release);
      return { kind: 'observed', live, verdict };
    } catch (error) {
      signal.throwIfAborted();
      return again ? { kind: 'unreachable', note: messageOf(error) } : refuse(error);
    }
  }

  async #admit(live: Live, allowance: Allowance): Promise<RolloutEvent> {
    const ports = this.#ports;
    const kind = this.#plan.kind === 'deploy' ? 'deploy' : 'manual-rollback';
    await ports.choose?.(live, allowance);
    const admission = askGates(ports.gates, await ports.gateFacts(kind, live, allowance), ports.force);
    if (admission.kind === 'blocked') {
      const { reason, what, next } = admission;
      return { kind: 'blocked', failure: { reason, what, next } };
    }
    for (const note of admission.notes) ports.log(note);
    const alreadyServes = await this.#alreadyServes(live, allowance);
    const barrier = alreadyServes ? undefined : await ports.barrier?.(live, allowance);
    if (barrier === undefined) {
      return { kind: 'admitted', alreadyServes, warnings: admission.warnings };
    }
    const warnings = [...admission.warnings, barrier];
    return { kind: 'admitted', alreadyServes, warnings, barrier: true };
  }

  /** Whether all of what is wanted serves, and nobody is about to take it back. */
  async #alreadyServes(live: Live, allowance: Allowance): Promise<boolean> {
    const ports = this.#ports;
    const release = soleRelease(live);
    // What serves in part only, or as several copies, is not what is wanted: it has to be made whole.
    if (release === undefined || !isWhole(live)) return false;
    if ((await ports.alreadyServes?.(release, allowance)) !== true) return false;
    // One that another run is still judging may be taken back at any moment.
    return this.#plan.kind === 'rollback' || (await ports.isPending?.(release)) !== true;
  }

  /** What a run that was as fast has made live is told by its record, which may not have been there at the first look. */
  async #lookAgain(allowance: Allowance): Promise<RolloutEvent> {
    try {
      const { live } = await this.#looker.look(allowance.signal);
      const alreadyServes = await this.#alreadyServes(live, allowance).catch(() => false);
      return { kind: 'looked-again', live, alreadyServes };
    } catch (error) {
      return { kind: 'unreachable', note: messageOf(error) };
    }
  }

  async #record({ live, queued }: Effect & { do: 'record' }): Promise<RolloutEvent> {
    const intent = this.#ports.intent(live);
    await (queued ? this.#writer.turnCame(intent) : this.#writer.open(this.#plan.kind, intent));
    return { kind: 'recorded' };
  }

  /** One that GitHub is slow to write holds others up once it is there: it has to ask as well. */
  async #takeTurn(effect: Effect & { do: 'take-turn' }, { signal }: Allowance): Promise<RolloutEvent> {
    const { clock } = this.#ports;
    const opened = await within({ clock, ms: effect.final ? openingMs : 0, windUpMs: 0 }, () =>
      this.#writer.openedTicket(),
    );
    const { ticket } = this.#writer;
    const isOpening = effect.final && opened.kind !== 'done' && ticket.id === undefined;
    if (isOpening) return { kind: 'turn', turn: { kind: 'unknown' } };
    // After a wait the record is old, and of whoever made what was seen just now none may be shown yet.
    const since = Math.max(ticket.openedAt, this.#observedAt);
    return takeTurn(this.#ports, { id: ticket.id, since }, { ...effect, signal });
  }

  async #waitTurn(effect: Effect & { do: 'wait-turn' }, { signal }: Allowance): Promise<RolloutEvent> {
    const { turn } = this.#ports;
    const { id } = this.#writer.ticket;
    if (turn === undefined || id === undefined) return { kind: 'turn', turn: { kind: 'unasked' } };
    return waitTurn({ ...this.#ports, turn }, id, { ...effect, signal });
  }

  async #prepare(allowance: Allowance): Promise<RolloutEvent> {
    try {
      const failure = await this.#ports.prepare?.(allowance);
      return failure === undefined ? { kind: 'prepared' } : { kind: 'prepare-failed', failure };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'prepare-failed', failure: failureOf(error) };
    }
  }

  async #checkBefore(live: Live, allowance: Allowance): Promise<RolloutEvent> {
    const release = soleRelease(live);
    const asked = release === undefined ? {} : { release };
    const verdict = await this.#verify({ phase: 'before', ...asked }, allowance);
    const { passed = [], challenged } = verdict;
    return { kind: 'checked-before', passed, ...defined({ challenged }) };
  }

  async #obtain(allowance: Allowance): Promise<RolloutEvent> {
    try {
      const { release: named, failure, unchanged } = await this.#ports.obtain(allowance);
      if (unchanged === true && failure !== undefined) return { kind: 'nothing-obtained', failure };
      const release = named && (await this.#ours(named, allowance, 'mine'));
      if (release !== undefined && this.#plan.activation === 'with-obtain') this.#looker.saw(release);
      if (release !== undefined && failure === undefined)
        return { kind: 'obtained', release, ...(await this.#between(release)) };
      const told = failure ?? failureFor('release-not-created');
      return { kind: 'obtain-failed', failure: told, ...defined({ release }) };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'obtain-failed', failure: failureOf(error) };
    }
  }

  /** Unanswered, nothing is known to have come between. */
  async #between(release: Release): Promise<{ readonly between?: readonly Release[] }> {
    const { platform, target } = this.#ports;
    if (this.#plan.obtain !== 'ship') return {};
    const between = await platform.cameBetween?.(target, release).catch(() => []);
    return between === undefined || between.length === 0 ? {} : { between };
  }

  /** What may be of this run, and is another's by the records, is not what this run made: that is looked for. */
  async #ours(release: Release, { signal }: Allowance, as: 'mine' | 'copy'): Promise<Release | undefined> {
    const { platform, relation } = this.#ports;
    if (platform.relation?.(release).made !== 'maybe') return release;
    const related = await relation?.(release);
    if (related === undefined || related.mine || related.isCopy === true) return release;
    return (await this.#looker.look(signal))[as];
  }

  async #look({ moving }: Effect & { do: 'look' }, { signal, budgetMs }: Allowance): Promise<RolloutEvent> {
    try {
      const look = moving ? this.#looker.still(signal, budgetMs) : this.#looker.look(signal);
      return { kind: 'looked', ...(await look) };
    } catch (error) {
      return { kind: 'unreachable', note: messageOf(error) };
    }
  }

  async #activate(effect: Effect & { do: 'activate' }, allowance: Allowance): Promise<RolloutEvent> {
    const { platform, target } = this.#ports;
    const reason = effect.restores ? 'Belay takes back a release that failed' : 'Belay';
    const options = { budgetMs: allowance.budgetMs, reason };
    const sentence = this.#ports.restoreCaveat?.();
    const caveat = sentence === undefined ? {} : { caveat: sentence };
    try {
      const named = await platform.activate(target, effect.release, options, allowance.signal);
      const release = await this.#ours(named, allowance, effect.restores ? 'copy' : 'mine');
      if (release === undefined)
        return { kind: 'activation-failed', failure: failureFor('release-not-created'), ...caveat };
      this.#looker.activated(release);
      return { kind: 'activated', release, ...caveat };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'activation-failed', failure: failureOf(error), ...caveat };
    }
  }

  async #settle({ release, owes, restores }: Effect & { do: 'settle' }, allowance: Allowance) {
    try {
      const isNew = !restores && this.#plan.kind === 'deploy';
      const result = await this.#ports.settle(release, { owes, isNew }, allowance);
      if (result.kind === 'settled') this.#looker.saw(release, result.running);
      return result;
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'unknown', note: messageOf(error) } as const;
    }
  }

  async #verify(request: VerifyRequest, allowance: Allowance): Promise<CheckVerdict> {
    const { phase, release, gates, served } = request;
    const asked = {
      phase,
      ...defined({ release, gates }),
      ...(served && { served }),
    };
    try {
      const verdict = await this.#ports.verify?.(asked, allowance);
      return verdict ?? { outcome: 'error', reason: 'checks-error', note: 'There are no checks to run.' };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { outcome: 'error', reason: 'checks-error', note: messageOf(error) };
    }
  }
}

/** A GitHub that is still about to write the record is waited for this long once more, milliseconds. */
const openingMs = 10_000;

/** Once a record is open every failure is an ending of it. */
function notAdmitted(error: unknown): RolloutEvent {
  if (error instanceof ActionFailure) return { kind: 'not-admitted', failure: failureOf(error) };
  return { kind: 'unreachable', note: messageOf(error) };
}

/** Before anything is recorded a failure is the action's own: nothing was changed and nothing needs a verdict. */
function refuse(error: unknown): never {
  if (!(error instanceof HttpError)) throw error;
  const { reason: code, what, next } = failureOf(error);
  throw new ActionFailure({ code, what, next }, { cause: error });
}
