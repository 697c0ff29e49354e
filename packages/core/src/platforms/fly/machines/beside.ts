import type { WireMachine } from '../api/wire.ts';
import { isGone, isManaged } from './fleet.ts';
import { describeStaleMachine, type StaleMachine } from './stale-machines.ts';
import { describeUnmanaged, type UnmanagedMachines } from './unmanaged.ts';

/** What runs in the app beside the fleet and is no part of any claim, one line each. */
export interface Beside {
  /** They take requests, and somebody has accepted that. */
  readonly accepted: readonly string[];
  /** They take none on the app's ports. */
  readonly idle: readonly string[];
  /** Deploys made them and did not take them away again: the next one does. */
  readonly left: readonly string[];
}

/** Tells of what runs beside the fleet, once each; keeps what was seen last. */
export class BesideWatch {
  readonly #accepted: readonly string[];
  readonly #log: (line: string) => void;
  readonly #warn: (line: string) => void;
  readonly #told = new Set<string>();
  #seen: Omit<Beside, 'left'> = { accepted: [], idle: [] };
  #left: readonly StaleMachine[] = [];

  constructor(fixed: {
    readonly accepted: readonly string[];
    log(line: string): void;
    warn(line: string): void;
  }) {
    this.#accepted = fixed.accepted;
    this.#log = fixed.log;
    this.#warn = fixed.warn;
  }

  get seen(): Beside {
    return { ...this.#seen, left: this.#left.map(leftLine) };
  }

  /** It is there no more, though no look has told so yet. */
  destroyed(leftover: StaleMachine): void {
    this.#left = this.#left.filter(({ machine }) => machine.id !== leftover.machine.id);
  }

  /** Each line once. */
  tell(lines: readonly string[], tell: (line: string) => void = this.#log): void {
    for (const line of lines.filter((one) => !this.#told.has(one))) {
      tell(line);
      this.#told.add(line);
    }
  }

  /** `machines`: all of the app's. */
  see(
    app: string,
    machines: readonly WireMachine[],
    {
      accepted,
      idle,
      left = [],
    }: Pick<UnmanagedMachines, 'accepted' | 'idle'> & { readonly left?: readonly StaleMachine[] },
  ): void {
    this.#seen = {
      accepted: accepted.map(
        (machine) =>
          `machine ${machine.id}, accepted, serves beside the release: ${describeUnmanaged(machine)}`,
      ),
      idle: idle.map(
        (machine) =>
          `machine ${machine.id} is not managed by flyctl and takes no requests on a port of the app: ${machine.state}, ${describeUnmanaged(machine)}`,
      ),
    };
    this.#left = left;
    const { seen } = this;
    this.tell([...seen.accepted, ...seen.idle, ...seen.left]);
    // An answer without any machine may be a stale one.
    if (machines.length > 0) this.tell(needlesslyAccepted(app, machines, this.#accepted), this.#warn);
  }
}

function leftLine(leftover: StaleMachine): string {
  const { state, cordoned } = leftover.machine;
  const how = cordoned === true ? `${state}, cordoned` : state;
  return `the ${describeStaleMachine(leftover)} (${how}) stands beside the fleet: no deploy has taken it away`;
}

function needlesslyAccepted(
  app: string,
  machines: readonly WireMachine[],
  accepted: readonly string[],
): readonly string[] {
  return accepted.flatMap((id) => {
    const machine = machines.find((one) => one.id === id && !isGone(one));
    if (machine === undefined) return [`\`accept-machines\` names ${id}, and ${app} has no such machine.`];
    return isManaged(machine)
      ? [`\`accept-machines\` names ${id}, which flyctl manages: it is deployed to like the others.`]
      : [];
  });
}
