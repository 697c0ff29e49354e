import { assertMayChange, findApp } from './access.ts';
import { type Machine, machineJson } from './machine.ts';
import { durationMs, type MachineConfig } from './machine-config.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';
import { parseWait, waitFor } from './wait.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const read = { ...flaps, method: 'GET', mutation: false, rate: 'read' } as const;
const change = { ...flaps, method: 'POST', mutation: true, rate: 'change' } as const;
const all = '/v1/apps/{app}/machines';
const one = `${all}/{machine}`;

export const machineRoutes: readonly Route[] = [
  { ...read, name: 'flaps.machines.list', path: all, handle: listMachines },
  { ...change, name: 'flaps.machines.create', path: all, handle: createMachine },
  { ...read, name: 'flaps.machines.get', path: one, handle: getMachine },
  { ...change, name: 'flaps.machines.update', path: one, handle: updateMachine },
  { ...change, name: 'flaps.machines.destroy', method: 'DELETE', path: one, handle: destroyMachine },
  { ...change, name: 'flaps.machines.start', path: `${one}/start`, handle: startMachine },
  { ...change, name: 'flaps.machines.stop', path: `${one}/stop`, handle: stopMachine },
  { ...change, name: 'flaps.machines.restart', path: `${one}/restart`, handle: restartMachine },
  { ...change, name: 'flaps.machines.signal', path: `${one}/signal`, handle: signalMachine },
  { ...change, name: 'flaps.machines.cordon', path: `${one}/cordon`, handle: cordon(true) },
  { ...change, name: 'flaps.machines.uncordon', path: `${one}/uncordon`, handle: cordon(false) },
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
  const machines = [...app.machines.values()]
    .filter((machine) => machine.state !== 'destroyed' || query.get('include_deleted') === 'true')
    .filter((machine) => state === null || state.split(',').includes(machine.state))
    .filter((machine) => region === null || machine.region === region)
    .filter((machine) => hasMetadata(machine, query));
  return { status: 200, body: machines.map(machineJson) };
}

function hasMetadata(machine: Machine, query: URLSearchParams): boolean {
  return [...query]
    .filter(([name]) => name.startsWith('metadata.'))
    .every(([name, value]) => machine.config.metadata?.[name.slice('metadata.'.length)] === value);
}

function createMachine(call: Call) {
  assertMayChange(call.token);
  const app = findApp(call.world, call.token, param(call, 'app'));
  const { name, region } = call.body;
  const machine = call.world.fleet.create(app, {
    config: configOf(call),
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof region === 'string' && region !== '' ? { region } : {}),
    skipLaunch: call.body.skip_launch === true,
  });
  const { lease_ttl: ttl } = call.body;
  if (typeof ttl !== 'number' || ttl <= 0) return { status: 200, body: machineJson(machine) };
  const { nonce } = machine.lease.acquire(
    { nonce: call.world.doors.ids.nonce(), owner: call.token.email, description: '', ttlSeconds: ttl },
    undefined,
  );
  return { status: 200, body: { ...machineJson(machine), nonce } };
}

function getMachine(call: Call) {
  return { status: 200, body: machineJson(machineOf(call)) };
}

function updateMachine(call: Call) {
  const machine = machineToChange(call);
  const { current_version: current } = call.body;
  if (typeof current === 'string' && current !== '' && current !== machine.instanceId) {
    throw new Refusal(412, `failed_precondition: machine version is ${machine.instanceId}`);
  }
  call.world.fleet.update(machine, { config: configOf(call), skipLaunch: call.body.skip_launch === true });
  return { status: 200, body: machineJson(machine) };
}

function destroyMachine(call: Call) {
  const { searchParams: query } = call.request.url;
  const force = query.get('force') === 'true' || query.get('kill') === 'true';
  call.world.fleet.destroy(machineToChange(call), force);
  return { status: 200, body: { ok: true } };
}

function startMachine(call: Call) {
  const previous = call.world.fleet.start(machineToChange(call));
  return { status: 200, body: { previous_state: previous, migrated: false, new_host: '' } };
}

function stopMachine(call: Call) {
  const { signal, timeout } = call.body;
  call.world.fleet.stop(machineToChange(call), {
    ...(typeof signal === 'string' && signal !== '' ? { signal: signalOf(signal) } : {}),
    ...(typeof timeout === 'string' || typeof timeout === 'number'
      ? { timeoutMs: durationMs(timeout, 0) }
      : {}),
  });
  return { status: 200, body: { ok: true } };
}

function restartMachine(call: Call) {
  call.world.fleet.restart(machineToChange(call));
  return { status: 200, body: { ok: true } };
}

function signalMachine(call: Call) {
  const machine = machineToChange(call);
  if (machine.state !== 'started') throw new Refusal(412, `failed_precondition: machine is ${machine.state}`);
  call.world.fleet.signal(machine, signalOf(String(call.body.signal)));
  return { status: 200, body: { ok: true } };
}

function cordon(cordoned: boolean): Route['handle'] {
  return (call) => {
    machineToChange(call).cordoned = cordoned;
    return { status: 200, body: { ok: true } };
  };
}

async function waitForMachine(call: Call) {
  const machine = machineOf(call);
  const door = { clock: call.world.doors.clock, gone: call.request.signal };
  await waitFor(machine, parseWait(call.request.url.searchParams), door);
  return { status: 200, body: { ok: true, state: machine.state, version: machine.instanceId } };
}

function listProcesses(call: Call) {
  const machine = machineOf(call);
  if (machine.state !== 'started') throw new Refusal(412, `failed_precondition: machine is ${machine.state}`);
  const ports = (machine.config.services ?? []).flatMap(({ internal_port: port }) => port ?? []);
  const listening = machine.port === undefined ? [] : ports;
  const process = {
    pid: machine.pid ?? 0,
    stime: 0,
    rtime: 0,
    command: call.world.doors.images.resolve(machine.config.image)?.app ?? '',
    directory: '/',
    cpu: 0,
    rss: 0,
    listen_sockets: listening.map((port) => ({ proto: 'tcp', address: `0.0.0.0:${port}` })),
  };
  return { status: 200, body: [process] };
}

function listEvents(call: Call) {
  const limit = Number(call.request.url.searchParams.get('limit') ?? 50);
  return { status: 200, body: machineOf(call).events.slice(0, Math.min(limit, 50)) };
}

function listVersions(call: Call) {
  return { status: 200, body: machineOf(call).versions };
}

function configOf(call: Call): MachineConfig {
  const { config } = call.body;
  if (typeof config !== 'object' || config === null)
    throw new Refusal(400, 'invalid_argument: config is required');
  if (!('image' in config) || typeof config.image !== 'string') {
    throw new Refusal(400, 'invalid_argument: config.image is required');
  }
  return { ...config, image: config.image };
}

const signals: readonly string[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGKILL',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
];

function signalOf(text: string): NodeJS.Signals {
  if (!signals.includes(text)) throw new Refusal(400, `invalid_argument: unknown signal '${text}'`);
  return text as NodeJS.Signals;
}

/** A destroyed machine stays readable: its exit event is how flyctl learns what a release command returned. */
export function machineOf(call: Call): Machine {
  const app = findApp(call.world, call.token, param(call, 'app'));
  const machine = app.machines.get(param(call, 'machine'));
  if (machine === undefined) throw new Refusal(404, 'machine not found');
  return machine;
}

/** Every change on a leased machine needs the lease's nonce. */
export function machineToChange(call: Call): Machine {
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
