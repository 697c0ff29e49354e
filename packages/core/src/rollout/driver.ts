import { defined } from '../text/defined.ts';
import type { Command, Effect, Note, RolloutEvent, SideEffect, Transition } from './events.ts';
import { LedgerWriter } from './ledger-writer.ts';
import { Performer } from './perform.ts';
import type { RolloutPlan, RolloutVerdict } from './plan.ts';
import type { RolloutPorts } from './ports.ts';
import { toSaved } from './saved.ts';
import type { SavedRollout } from './saved-shape.ts';
import type { RolloutState } from './state.ts';
import { describeLimits, type RolloutLimits, type Term, TimeLimits } from './time-limits.ts';
import { begin, transition } from './transition.ts';
import { within } from './within.ts';
import { isFailure, noteOf, stepName } from './wording.ts';

/**
 * Runs a rollout to its verdict. Throws ActionFailure only before anything was recorded: from then on every
 * failure is part of the verdict. Ends within `timeoutMs + restoreTimeoutMs`.
 */
export async function runRollout(
  plan: RolloutPlan,
  ports: RolloutPorts,
  limits: RolloutLimits,
): Promise<RolloutVerdict> {
  ports.log(describeLimits(limits));
  return new Driver(plan, ports, limits).drive(begin(plan));
}

/** Performs commands and feeds their events to the transition function until it has ended. */
export class Driver {
  readonly #plan: RolloutPlan;
  readonly #ports: RolloutPorts;
  readonly #signal: AbortSignal;
  readonly #times: TimeLimits;
  readonly #writer: LedgerWriter;
  readonly #performer: Performer;
  readonly #isInPost: boolean;
  #state: RolloutState;
  /** The last state that `post` could go on from. */
  #resumable: RolloutState;
  /** Its last words are with the writer: nothing but those is left to do. */
  #isTold = false;

  constructor(plan: RolloutPlan, ports: RolloutPorts, limits: RolloutLimits, saved?: SavedRollout) {
    this.#plan = plan;
    this.#state = begin(plan).state;
    this.#resumable = this.#state;
    this.#ports = ports;
    this.#isInPost = saved !== undefined;
    this.#signal = limits.signal;
    this.#times = new TimeLimits(ports.clock, limits);
    this.#writer = new LedgerWriter(ports, saved, () => this.#save());
    this.#performer = new Performer(ports, plan, this.#writer, saved?.known.before.live);
  }

  /** Writes these facts after the verdict, in `post`, within the time there is. */
  async lastWords(notes: readonly Note[]): Promise<void> {
    const { clock } = this.#ports;
    const write = () => Promise.all(notes.map((note) => this.#writer.note(note)));
    await within({ clock, ms: this.#times.lastWordsMs, windUpMs: 0 }, write);
  }

  /** Whether the records have everything that was to be written. */
  get isRecorded(): boolean {
    return this.#writer.isWhole;
  }

  async drive(first: Transition): Promise<RolloutVerdict> {
    let { state, commands } = first;
    for (;;) {
      this.#state = state;
      this.#save();
      const event = await this.#carryOut(commands, state);
      if (state.at === 'ended') return this.#finish(state);
      if (event === undefined) throw new Error(`A rollout that is ${state.at} waits for nothing.`);
      ({ state, commands } = transition(state, event));
    }
  }

  /** Keeps what `post` would go on from: before every change, whenever a fact is to be written or is, and when the adapter asks. */
  #save(): void {
    if (this.#state.at !== 'ended') this.#resumable = this.#state;
    const { place } = this.#writer;
    if (this.#isTold && place.owed === undefined) {
      this.#ports.save('');
      return;
    }
    const caveat = this.#ports.restoreCaveat?.();
    const memory = this.#ports.memory?.();
    const saved = toSaved(this.#resumable, {
      ...place,
      ...defined({ caveat, memory }),
      ...(this.#isTold && { ended: true }),
    });
    if (saved !== undefined) this.#ports.save(JSON.stringify(saved));
  }

  async #carryOut(commands: readonly Command[], state: RolloutState): Promise<RolloutEvent | undefined> {
    let event: RolloutEvent | undefined;
    for (const command of commands) {
      if (isSideEffect(command)) await this.#doSideEffect(command);
      else event = await this.#doEffect(command, state);
    }
    return event;
  }

  /** Notes are written beside the rollout; only stopping is waited for, because the next look depends on it. */
  async #doSideEffect(effect: SideEffect): Promise<void> {
    if (effect.do !== 'stop') this.#isTold = isOver(this.#state);
    switch (effect.do) {
      case 'note':
        void this.#writer.note(effect);
        return;
      case 'open-restore':
        void this.#writer.openRestore(effect.back, effect.replaces);
        return;
      case 'retire':
        void this.#writer.retire();
        return;
      case 'stop': {
        const { clock } = this.#ports;
        const ended = await within(
          { clock, ms: this.#times.asideMs('stop'), windUpMs: 0 },
          async (allowance) => this.#ports.stop?.(effect.release, allowance),
        );
        if (ended.kind !== 'done') this.#ports.log('What was under way could not be stopped.');
      }
    }
  }

  async #doEffect(effect: Effect, state: RolloutState): Promise<RolloutEvent> {
    const term = this.#times.term(state);
    if (term.isCancellable && this.#signal.aborted) return { kind: 'cancelled' };
    if (term.isCancellable && term.ms <= 0) return { kind: 'deadline' };
    const name = stepName(effect, state, this.#plan);
    const from = this.#ports.clock.monotonic();
    const telling = { note: noteOf, failed: isFailure };
    const event = await this.#ports.timeline.step(name, () => this.#bounded(effect, term), telling);
    if (effect.do === 'wait-turn') this.#times.pause(this.#ports.clock.monotonic() - from);
    this.#ports.log(`${name}: ${noteOf(event)}`);
    return event;
  }

  async #bounded(effect: Effect, term: Term): Promise<RolloutEvent> {
    const own = ownLimits[effect.do];
    const ownMs = own === undefined ? term.ms : Math.min(own.ms, term.ms * own.share);
    const ended = await within(
      {
        clock: this.#ports.clock,
        ms: ownMs,
        windUpMs: windsUp.includes(effect.do) ? term.windUpMs : 0,
        ...(term.isCancellable && { cancel: this.#signal }),
      },
      (allowance) => this.#performer.perform(effect, { ...allowance, remember: () => this.#save() }),
    );
    if (ended.kind === 'done') return ended.value;
    if (ended.kind === 'threw') throw ended.error;
    if (ended.kind === 'cancelled') return { kind: 'cancelled' };
    if (own !== undefined) return own.whenOver;
    return term.isCancellable
      ? { kind: 'deadline' }
      : { kind: 'unreachable', note: 'The platform did not answer.' };
  }

  async #finish(ended: RolloutState & { at: 'ended' }): Promise<RolloutVerdict> {
    const { clock } = this.#ports;
    const ms = this.#isInPost ? this.#times.lastWordsMs : this.#times.asideMs('flush');
    await within({ clock, ms, windUpMs: 0 }, () => this.#writer.flush());
    // A cut restore stays saved: `post` finishes it. So do facts that GitHub has not taken.
    this.#isTold = isOver(ended);
    this.#save();
    this.#writer.tell();
    const { change } = this.#writer.place.records;
    return { ...ended.verdict, ...defined({ ledgerId: change }) };
  }
}

/** Work with something to end when it is cut: a child, or checks under way. The rest is left behind. */
const windsUp: readonly Effect['do'][] = ['prepare', 'obtain', 'activate', 'settle', 'verify'];

interface OwnLimit {
  readonly ms: number;
  /** Of the time that is left, when that is less. */
  readonly share: number;
  readonly whenOver: RolloutEvent;
}

/** Work that must never use up the deploy's time: without its result the rollout goes on. */
const ownLimits: Partial<Record<Effect['do'], OwnLimit>> = {
  'check-before': { ms: 30_000, share: 0.5, whenOver: { kind: 'checked-before', passed: [] } },
  record: { ms: 10_000, share: 0.25, whenOver: { kind: 'recorded' } },
  'take-turn': { ms: 30_000, share: 0.5, whenOver: { kind: 'turn', turn: { kind: 'unknown' } } },
};

function isOver(state: RolloutState): boolean {
  return state.at === 'ended' && state.unfinished === undefined;
}

function isSideEffect(command: Command): command is SideEffect {
  return ['note', 'open-restore', 'retire', 'stop'].includes(command.do);
}
