import { accepts } from '../apps/accepts.ts';
import { findApp } from './access.ts';
import { type MachineRecord, machineJson } from './machine.ts';
import { machineOf, reachableMachineOf } from './machine-access.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';
import { parseWait, waitFor } from './wait.ts';

const read = {
  host: 'api.machines.dev',
  surface: 'flaps',
  access: 'token',
  method: 'GET',
  mutation: false,
  rate: 'read',
} as const;
const all = '/v1/apps/{app}/machines';
const one = `${all}/{machine}`;

export const machineReadRoutes: readonly Route[] = [
  { ...read, name: 'flaps.machines.list', path: all, handle: listMachines },
  { ...read, name: 'flaps.machines.get', path: one, handle: getMachine },
  { ...read, name: 'flaps.machines.wait', path: `${one}/wait`, handle: waitForMachine },
  { ...read, name: 'flaps.machines.ps', path: `${one}/ps`, handle: listProcesses },
  { ...read, name: 'flaps.machines.events', path: `${one}/events`, handle: listEvents },
  { ...read, name: 'flaps.machines.versions', path: `${one}/versions`, handle: listVersions },
];

function listMachines(call: Call) {
  const { searchParams: query } = call.request.url;
  const app = findApp(call.world, call.token, param(call, 'app'));
  const state = query.get('state');
  const region = query.get('region');
  const present = () => [...app.machines.values()].map(machineJson);
  const machines = (call.isBehind ? app.machinesBefore : present())
    .filter((machine) => machine.state !== 'destroyed' || query.get('include_deleted') === 'true')
    .filter((machine) => state === null || state.split(',').includes(String(machine.state)))
    .filter((machine) => region === null || machine.region === region)
    .filter((machine) => hasMetadata(machine, query));
  return { status: 200, body: machines };
}

function hasMetadata(machine: MachineRecord, query: URLSearchParams): boolean {
  const { metadata } = Object(machine.config ?? machine.incomplete_config);
  return [...query]
    .filter(([name]) => name.startsWith('metadata.'))
    .every(([name, value]) => Object(metadata)[name.slice('metadata.'.length)] === value);
}

function getMachine(call: Call) {
  return { status: 200, body: machineJson(machineOf(call)) };
}

async function waitForMachine(call: Call) {
  const machine = reachableMachineOf(call);
  const door = { clock: call.world.doors.clock, gone: call.request.signal };
  await waitFor(machine, parseWait(call.request.url.searchParams), door);
  return { status: 200, body: { ok: true, state: machine.state, version: machine.instanceId } };
}

/** What really listens; and Fly's own server for SSH, which every machine runs. */
async function listProcesses(call: Call) {
  const machine = reachableMachineOf(call);
  if (machine.state !== 'started') throw new Refusal(412, `failed_precondition: machine is ${machine.state}`);
  const listens = machine.port !== undefined && (await accepts(machine.port));
  const application = { pid: machine.pid ?? 0, command: machine.image?.app ?? '' };
  const { private_ip: ip } = machineJson(machine);
  return {
    status: 200,
    body: [
      processJson(application, listens ? [`0.0.0.0:${machine.innerPort}`] : []),
      processJson({ pid: 1, command: '/.fly/hallpass' }, [`[${ip}]:22`]),
    ],
  };
}

function processJson(process: { pid: number; command: string }, addresses: readonly string[]) {
  return {
    ...process,
    stime: 0,
    rtime: 0,
    directory: '/',
    cpu: 0,
    rss: 0,
    listen_sockets: addresses.map((address) => ({ proto: 'tcp', address })),
  };
}

function listEvents(call: Call) {
  const limit = Number(call.request.url.searchParams.get('limit') ?? 50);
  return { status: 200, body: machineOf(call).events.slice(0, Math.min(limit, 50)) };
}

function listVersions(call: Call) {
  return { status: 200, body: machineOf(call).versions };
}
