import { assertMayChange, findApp } from './access.ts';
import { assertReachable } from './lost-host.ts';
import type { Machine } from './machine.ts';
import { Refusal } from './refusal.ts';
import { type Call, param } from './route.ts';

/** A destroyed machine stays readable: its exit event is how flyctl learns what a release command returned. */
export function machineOf(call: Call): Machine {
  const app = findApp(call.world, call.token, param(call, 'app'));
  const machine = app.machines.get(param(call, 'machine'));
  if (machine === undefined) throw new Refusal(404, 'machine not found');
  return machine;
}

/** For what its host has to answer. */
export function reachableMachineOf(call: Call): Machine {
  const machine = machineOf(call);
  assertReachable(machine);
  return machine;
}

/** Every change on a leased machine needs the lease's nonce. */
export function machineToChange(call: Call): Machine {
  const machine = machineToDestroy(call);
  assertReachable(machine);
  return machine;
}

/** The one change that needs no host: a lost machine is flagged, and goes when its host comes back. */
export function machineToDestroy(call: Call): Machine {
  assertMayChange(call.token);
  const machine = machineOf(call);
  if (machine.state === 'destroyed') throw new Refusal(404, 'machine not found');
  machine.lease.assertFree(nonceOf(call));
  return machine;
}

export function nonceOf(call: Call): string | undefined {
  const nonce = call.request.headers['fly-machine-lease-nonce'];
  return typeof nonce === 'string' && nonce !== '' ? nonce : undefined;
}
