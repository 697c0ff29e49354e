import { assertMayChange } from './access.ts';
import type { Lease } from './lease.ts';
import { assertReachable } from './lost-host.ts';
import type { Machine } from './machine.ts';
import { machineOf, nonceOf } from './machine-access.ts';
import { Refusal } from './refusal.ts';
import type { Call, Route } from './route.ts';

const lease = {
  host: 'api.machines.dev',
  surface: 'flaps',
  access: 'token',
  path: '/v1/apps/{app}/machines/{machine}/lease',
  rate: 'read',
} as const;

/** Leases count as reads for the rate limit: flyctl asks for a held one four times a second for a minute. */
export const leaseRoutes: readonly Route[] = [
  { ...lease, name: 'flaps.lease.get', method: 'GET', mutation: false, handle: getLease },
  { ...lease, name: 'flaps.lease.create', method: 'POST', mutation: true, handle: createLease },
  { ...lease, name: 'flaps.lease.release', method: 'DELETE', mutation: true, handle: releaseLease },
];

/** Not every version of flyctl asks for the lease of a lost machine; whether Fly would give one is a setting. */
function leasable(call: Call): Machine {
  const machine = machineOf(call);
  if (call.world.doors.settings.lostHostLeases === 'refused') assertReachable(machine);
  return machine;
}

function leaseJson(held: Lease, version: string) {
  const { nonce, owner, description, expiresAtMs } = held;
  return {
    status: 'success',
    data: { nonce, expires_at: Math.floor(expiresAtMs / 1000), owner, description, version },
  };
}

function getLease(call: Call) {
  const subject = leasable(call);
  const held = subject.lease.current();
  if (held === undefined) throw new Refusal(404, 'lease not found');
  return { status: 200, body: leaseJson(held, subject.instanceId) };
}

function createLease(call: Call) {
  assertMayChange(call.token);
  const subject = leasable(call);
  const query = call.request.url.searchParams.get('ttl');
  const { description } = call.body;
  const wanted = {
    nonce: call.world.doors.ids.nonce(),
    owner: call.token.email,
    description: typeof description === 'string' ? description : '',
    ttlSeconds: Number(query ?? call.body.ttl ?? 0) || 3600,
  };
  const held = subject.lease.acquire(wanted, nonceOf(call));
  return { status: 201, body: leaseJson(held, subject.instanceId) };
}

function releaseLease(call: Call) {
  assertMayChange(call.token);
  leasable(call).lease.release(nonceOf(call));
  return { status: 200, body: { ok: true } };
}
