import type { ClientEnd, Order } from '../histories/client.ts';
import type { Machine } from '../histories/fleet.ts';
import type { ClientRun, Holder, RaceWorld } from './race-world.ts';
import type { Pace } from './script.ts';

/** How long the client asks for leases that others hold, where nobody stops it, milliseconds. */
export const leaseWaitMs = 60_000;

export interface SlowEnd extends ClientEnd {
  /** It gave up before it had changed anything: another client holds a machine. */
  readonly isContested?: boolean;
}

/** Whoever runs the client. */
export interface Hand extends Holder {
  readonly world: RaceWorld;
  readonly pace: Pace;
  now(): number;
  /** A call of the client's; a signal that is aborted cuts it. */
  called(call: string, signal?: AbortSignal): Promise<void>;
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * The platform's own client as it takes its time: it makes a release, runs the release command, waits for the leases of
 * all machines, and updates one after the other. What cuts it leaves the fleet as it is by then.
 */
export async function deploySlowly(
  order: Order,
  hand: Hand,
  how: {
    readonly skipsCommand: boolean;
    /** How long it may wait for others' leases. */
    readonly patienceMs: number;
    readonly signal?: AbortSignal;
  },
): Promise<SlowEnd> {
  const { world, pace } = hand;
  const { signal } = how;
  await hand.called('client: release', signal);
  const made = world.make(order);
  const run: ClientRun = { maker: hand.maker, version: made.version, startedAt: hand.now() };
  world.clients.push(run);
  const end = (failure?: string): SlowEnd => {
    made.status = failure === undefined ? 'complete' : 'failed';
    return failure === undefined ? { made } : { made, failure };
  };
  try {
    if (!how.skipsCommand) await hand.pause(pace.releaseCommandMs, signal);
    if (!(await leased(hand, how))) return { ...end('somebody else holds a lease'), isContested: true };
    run.leasedAt = hand.now();
    for (const [at, { id }] of world.fleet.machines.entries()) {
      await hand.called(`client: update ${id}`, signal);
      world.change(`  ${hand.maker}: ${id} runs v${made.version}`, (fleet) => {
        fleet.machines = fleet.machines.map((one) => updated(one, id, made.version));
      });
      await hand.pause(pace.machineMs, signal);
      if (order.build.quality === 'does-not-start' && at === 0) return end(`machine ${id} did not come up`);
    }
    return end();
  } catch (error) {
    end('it was cut');
    throw error;
  } finally {
    world.release(hand);
    run.endedAt = hand.now();
  }
}

async function leased(
  hand: Hand,
  { patienceMs, signal }: { readonly patienceMs: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  const { world } = hand;
  const from = hand.now();
  const ids = world.fleet.machines.map(({ id }) => id);
  while (!world.lease(ids, hand)) {
    if (hand.now() - from >= patienceMs) return false;
    await hand.pause(Math.min(hand.pace.leasePauseMs, patienceMs), signal);
  }
  return true;
}

function updated(machine: Machine, id: string, version: number): Machine {
  return machine.id === id ? { ...machine, version } : machine;
}
