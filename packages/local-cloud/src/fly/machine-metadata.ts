import { assertMayChange } from './access.ts';
import type { Machine } from './machine.ts';
import { machineOf, reachableMachineOf } from './machine-access.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const metadata = { ...flaps, path: '/v1/apps/{app}/machines/{machine}/metadata' } as const;
const entry = { ...flaps, path: `${metadata.path}/{key}`, rate: 'change' } as const;

export const metadataRoutes: readonly Route[] = [
  {
    ...metadata,
    name: 'flaps.metadata.list',
    method: 'GET',
    mutation: false,
    rate: 'read',
    handle: getMetadata,
  },
  {
    ...metadata,
    name: 'flaps.metadata.replace',
    method: 'PUT',
    mutation: true,
    rate: 'change',
    handle: putMetadata,
  },
  { ...entry, name: 'flaps.metadata.get', method: 'GET', mutation: false, rate: 'read', handle: getEntry },
  { ...entry, name: 'flaps.metadata.set', method: 'POST', mutation: true, handle: setEntry },
  { ...entry, name: 'flaps.metadata.delete', method: 'DELETE', mutation: true, handle: deleteEntry },
];

function getMetadata(call: Call) {
  return { status: 200, body: machineOf(call).config.metadata ?? {} };
}

function putMetadata(call: Call) {
  const subject = machineToLabel(call);
  const { metadata: wanted, machine_version: version } = call.body;
  if (version !== undefined && version !== subject.instanceId) {
    throw new Refusal(412, `failed_precondition: machine version is ${subject.instanceId}`);
  }
  if (!isTextRecord(wanted)) throw new Refusal(400, 'invalid_argument: metadata must map names to strings');
  subject.config.metadata = { ...wanted };
  return { status: 204 };
}

function getEntry(call: Call) {
  const value = machineOf(call).config.metadata?.[param(call, 'key')];
  if (value === undefined) throw new Refusal(404, 'metadata key not found');
  return { status: 200, body: { value } };
}

function setEntry(call: Call) {
  const { value } = call.body;
  if (typeof value !== 'string') throw new Refusal(400, 'invalid_argument: value is required');
  return changeEntry(machineToLabel(call), param(call, 'key'), value);
}

function deleteEntry(call: Call) {
  return changeEntry(machineToLabel(call), param(call, 'key'), undefined);
}

/** A lease does not guard metadata: flyctl tags leased blue machines and shows no nonce. */
function machineToLabel(call: Call): Machine {
  assertMayChange(call.token);
  const subject = reachableMachineOf(call);
  if (subject.state === 'destroyed') throw new Refusal(404, 'machine not found');
  return subject;
}

function changeEntry(subject: Machine, key: string, value: string | undefined) {
  const { [key]: _, ...others } = subject.config.metadata ?? {};
  subject.config.metadata = value === undefined ? others : { ...others, [key]: value };
  return { status: 204 };
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((entry) => typeof entry === 'string')
  );
}
