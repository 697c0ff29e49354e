import type { Clock } from '../../clock.ts';
import { describeMissing, type Missing, missingOf } from '../parts.ts';
import type { Part } from '../platform.ts';
import { groupOf, isOutOfSight, metadataOf } from './fleet.ts';
import type { MachineVerbs } from './machine-verbs.ts';
import { groupOfPart, hasEnded, partName, partsOf } from './parts.ts';
import { isAtRest, unproved } from './rest.ts';
import type { WireMachine } from './wire.ts';

/** A region without room may have some a moment later. Milliseconds. */
const againMs = 5_000;

/** How the fleet stands against what it owes. */
export type Completion =
  | { readonly kind: 'whole' }
  /** Something was started or made, and is not seen running yet. */
  | { readonly kind: 'pending'; readonly note: string; readonly incomplete: true }
  /** Nothing here can bring it about. */
  | { readonly kind: 'hopeless'; readonly note: string };

/**
 * Sees to it that what ran before runs again: flyctl updates a stopped machine without starting it, and makes one or
 * two machines of a group however many there were. Starts each machine once; what ends again then has crashed.
 */
export class FleetCompleter {
  readonly #verbs: MachineVerbs;
  readonly #clock: Clock;
  readonly #owes: readonly Part[];
  readonly #started = new Set<string>();
  #refusedAt: number | undefined;
  #refused = '';
  constructor(verbs: MachineVerbs, clock: Clock, owes: readonly Part[]) {
    this.#verbs = verbs;
    this.#clock = clock;
    this.#owes = owes;
  }

  /** Whether a machine was down before anything was done about it here: it has not failed yet. */
  isYetToStart(machine: WireMachine): boolean {
    return hasEnded(machine) && !this.#started.has(machine.id) && this.#isOwed(machine);
  }

  /** Failure: HttpError, of what is asked again at the next look. */
  async complete(serving: readonly WireMachine[]): Promise<Completion> {
    const missing = missingOf(partsOf(serving), this.#owes);
    // What was last seen of a lost machine is no reason to ask anything of its host.
    const inSight = serving.filter((machine) => !isOutOfSight(machine));
    const asleep = unproved(inSight);
    const toStart = [
      ...inSight.filter((machine) => hasEnded(machine) && this.#isOwed(machine)),
      ...missing.flatMap((part) => resting(inSight, part)),
    ];
    for (const { id } of [...asleep, ...toStart].filter((machine) => !this.#started.has(machine.id))) {
      await this.#verbs.start(id);
      this.#started.add(id);
    }
    if (toStart.length > 0) return starting(`starting ${namesOf(toStart)}`);
    if (asleep.length > 0) return starting(`waking ${namesOf(asleep)}: its whole group was asleep`);
    if (missing.length === 0) return { kind: 'whole' };
    return this.#make(inSight, missing);
  }

  #isOwed(machine: WireMachine): boolean {
    return this.#owes.some(({ name }) => name === partName(machine));
  }

  /** Copies of what is there, one at a time: the count is looked at anew before the next. */
  async #make(serving: readonly WireMachine[], missing: readonly Missing[]): Promise<Completion> {
    const told = describeMissing(missing);
    const models = missing.map((part) => modelFor(serving, part));
    const at = models.findIndex((model) => model !== undefined);
    const [model, part] = [models[at], missing[at]];
    if (model === undefined || part === undefined) return { kind: 'hopeless', note: told };
    const now = this.#clock.monotonic();
    if (this.#refusedAt === undefined || now - this.#refusedAt >= againMs) {
      this.#refused = await this.#copy(model, part);
      this.#refusedAt = this.#refused === '' ? undefined : now;
    }
    return {
      kind: 'pending',
      incomplete: true,
      note: `${told}${this.#refused === '' ? '' : `: ${this.#refused}`}`,
    };
  }

  async #copy(model: WireMachine, { name }: Missing): Promise<string> {
    const region = name.slice(name.lastIndexOf('/') + 1);
    return (await this.#verbs.copy(model, region)) ?? '';
  }
}

function starting(note: string): Completion {
  return { kind: 'pending', incomplete: true, note };
}

function namesOf(machines: readonly WireMachine[]): string {
  return [...new Set(machines.map((machine) => `machine ${machine.id} of ${groupOf(machine)}`))].join(', ');
}

/** Machines at rest that nothing wakes, as many as are missing. */
function resting(serving: readonly WireMachine[], { name, there, owed }: Missing): readonly WireMachine[] {
  const own = serving.filter(
    (machine) => partName(machine) === name && isAtRest(machine) && !hasEnded(machine),
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
