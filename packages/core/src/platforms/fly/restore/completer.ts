import type { Clock } from '../../../io/clock.ts';
import { describeMissing, missingOf } from '../../parts.ts';
import type { Missing, Part } from '../../platform.ts';
import type { WireMachine } from '../api/wire.ts';
import { groupOf, isHostLost, metadataOf } from '../machines/fleet.ts';
import { isIdle, neverStarted } from '../machines/idle.ts';
import type { MachineVerbs } from '../machines/machine-verbs.ts';
import { groupOfPart, hasEnded, isDown, partName, partsOf } from '../machines/parts.ts';

/** What Fly refused now it may grant a moment later, such as room for a machine. Milliseconds. */
const againMs = 5_000;
/** A replica that lags may leave a machine out for a moment, milliseconds. */
const sureAfterMs = 2_000;

/** How the fleet stands against what it owes. */
export type Completion =
  | { readonly kind: 'whole' }
  /** Something was started or made, and is not seen running yet. */
  | {
      readonly kind: 'pending';
      readonly note: string;
      readonly incomplete: true;
      readonly missing: readonly Missing[];
    }
  /** Nothing here can bring it about. */
  | { readonly kind: 'hopeless'; readonly note: string; readonly missing: readonly Missing[] };

/**
 * Sees to it that what ran before runs again: flyctl updates a stopped machine without starting it, and makes one or
 * two machines of a group however many there were. Starts each machine once; what ends again then has crashed.
 */
export class FleetCompleter {
  readonly #clock: Clock;
  readonly #owes: readonly Part[];
  readonly #started = new Set<string>();
  readonly #missingSince = new Map<string, number>();
  /** By the id of what was made here: its part. A list may lag behind and not have it yet. */
  readonly #made = new Map<string, string>();
  /** By what was asked for: when Fly refused it, and why. */
  readonly #refusals = new Map<string, { readonly at: number; readonly why: string }>();
  constructor(clock: Clock, owes: readonly Part[]) {
    this.#clock = clock;
    this.#owes = owes;
  }

  /** Whether a machine was down before anything was done about it here: it has not failed yet. */
  isYetToStart(machine: WireMachine): boolean {
    return hasEnded(machine) && !this.#started.has(machine.id) && this.#isOwed(machine);
  }

  /** Failure: HttpError, of what is asked again at the next look. */
  async complete(serving: readonly WireMachine[], verbs: MachineVerbs): Promise<Completion> {
    const missing = missingOf(this.#withMade(serving), this.#owes);
    // What was last seen of a lost machine is no reason to ask anything of its host.
    const inSight = serving.filter((machine) => !isHostLost(machine));
    const asleep = neverStarted(inSight);
    const toStart = [
      ...inSight.filter((machine) => isDown(machine) && this.#isOwed(machine)),
      ...missing.flatMap((part) => resting(inSight, part)),
    ];
    const waiting = [...asleep, ...toStart].filter(({ id }) => !this.#started.has(id));
    await Promise.all(waiting.map((machine) => this.#start(machine, verbs)));
    if (toStart.length > 0) return starting(`starting ${namesOf(toStart)}${this.#refused}`, missing);
    if (asleep.length > 0)
      return starting(`waking ${namesOf(asleep)}: its whole group was asleep${this.#refused}`, missing);
    if (missing.length === 0) return { kind: 'whole' };
    return this.#make(inSight, missing, verbs);
  }

  /** One that Fly refuses to start keeps no other down. */
  async #start({ id }: WireMachine, verbs: MachineVerbs): Promise<void> {
    if (!this.#mayAsk(id)) return;
    const why = await verbs.start(id);
    if (why === undefined) this.#started.add(id);
    else this.#refusals.set(id, { at: this.#clock.monotonic(), why });
  }

  #mayAsk(what: string): boolean {
    const refusal = this.#refusals.get(what);
    return refusal === undefined || this.#clock.monotonic() - refusal.at >= againMs;
  }

  get #refused(): string {
    const whys = new Set([...this.#refusals.values()].map(({ why }) => why));
    return whys.size === 0 ? '' : `: ${[...whys].join('; ')}`;
  }

  /** What was made here is there, whether the list has it yet or not. */
  #withMade(serving: readonly WireMachine[]): readonly Part[] {
    const listed = new Set(serving.map(({ id }) => id));
    const unlisted = [...this.#made].filter(([id]) => !listed.has(id)).map(([, name]) => name);
    const parts = partsOf(serving);
    const names = new Set([...parts.map(({ name }) => name), ...unlisted]);
    return [...names].map((name) => {
      const part = parts.find((one) => one.name === name) ?? emptyPart(name);
      return { ...part, running: part.running + unlisted.filter((one) => one === name).length };
    });
  }

  #isOwed(machine: WireMachine): boolean {
    return this.#owes.some(({ name }) => name === partName(machine));
  }

  /** Copies of what is there, one at a time: the count is looked at anew before the next. */
  async #make(
    serving: readonly WireMachine[],
    missing: readonly Missing[],
    verbs: MachineVerbs,
  ): Promise<Completion> {
    const told = describeMissing(missing);
    const models = missing.map((part) => modelFor(serving, part));
    const at = models.findIndex((model) => model !== undefined);
    const [model, part] = [models[at], missing[at]];
    if (model === undefined || part === undefined) return { kind: 'hopeless', note: told, missing };
    if (this.#isSure(part.name) && this.#mayAsk(part.name)) await this.#copy(model, part, verbs);
    return starting(`${told}${this.#refused}`, missing);
  }

  /** What one list leaves out another may have: nothing is made for it before it has been missing for a while. */
  #isSure(name: string): boolean {
    const now = this.#clock.monotonic();
    const since = this.#missingSince.get(name) ?? now;
    this.#missingSince.set(name, since);
    return now - since >= sureAfterMs;
  }

  async #copy(model: WireMachine, { name }: Missing, verbs: MachineVerbs): Promise<void> {
    const made = await verbs.copy(model, name.slice(name.lastIndexOf('/') + 1));
    if (made.id === undefined) this.#refusals.set(name, { at: this.#clock.monotonic(), why: made.why });
    else {
      this.#refusals.delete(name);
      this.#made.set(made.id, name);
    }
  }
}

function emptyPart(name: string): Part {
  return { name, running: 0, resting: 0, ended: 0, unknown: 0, wakes: false };
}

function starting(note: string, missing: readonly Missing[]): Completion {
  return { kind: 'pending', incomplete: true, note, missing };
}

function namesOf(machines: readonly WireMachine[]): string {
  return [...new Set(machines.map((machine) => `machine ${machine.id} of ${groupOf(machine)}`))].join(', ');
}

/** Machines at rest that nothing wakes, as many as are missing. */
function resting(serving: readonly WireMachine[], { name, there, owed }: Missing): readonly WireMachine[] {
  const own = serving.filter(
    (machine) => partName(machine) === name && isIdle(machine) && !hasEnded(machine),
  );
  const isStandby = ({ config }: WireMachine) => (config?.standbys ?? []).length > 0;
  return own.filter((machine) => !isStandby(machine)).slice(0, owed - there);
}

/** A machine of the same group to make another like: one with a volume cannot be copied without its data. */
function modelFor(serving: readonly WireMachine[], { name }: Missing): WireMachine | undefined {
  return serving.find(
    (machine) =>
      groupOf(machine) === groupOfPart(name) &&
      machine.state === 'started' &&
      (machine.config?.mounts ?? []).length === 0 &&
      metadataOf(machine).fly_canary !== 'true',
  );
}
