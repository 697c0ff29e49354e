import { assertMayChange, findApp } from './access.ts';
import { machineJson } from './machine.ts';
import { machineToChange, machineToDestroy } from './machine-access.ts';
import { durationMs, type MachineConfig, restartPolicies } from './machine-config.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const change = {
  host: 'api.machines.dev',
  surface: 'flaps',
  access: 'token',
  method: 'POST',
  mutation: true,
  rate: 'change',
} as const;
const all = '/v1/apps/{app}/machines';
const one = `${all}/{machine}`;

export const machineChangeRoutes: readonly Route[] = [
  { ...change, name: 'flaps.machines.create', path: all, handle: createMachine },
  { ...change, name: 'flaps.machines.update', path: one, handle: updateMachine },
  { ...change, name: 'flaps.machines.destroy', method: 'DELETE', path: one, handle: destroyMachine },
  { ...change, name: 'flaps.machines.start', path: `${one}/start`, handle: startMachine },
  { ...change, name: 'flaps.machines.stop', path: `${one}/stop`, handle: stopMachine },
  { ...change, name: 'flaps.machines.suspend', path: `${one}/suspend`, handle: suspendMachine },
  { ...change, name: 'flaps.machines.restart', path: `${one}/restart`, handle: restartMachine },
  { ...change, name: 'flaps.machines.signal', path: `${one}/signal`, handle: signalMachine },
  { ...change, name: 'flaps.machines.cordon', path: `${one}/cordon`, handle: cordon(true) },
  { ...change, name: 'flaps.machines.uncordon', path: `${one}/uncordon`, handle: cordon(false) },
];

function createMachine(call: Call) {
  assertMayChange(call.token);
  const app = findApp(call.world, call.token, param(call, 'app'));
  const { name, region: wanted } = call.body;
  const config = configOf(call);
  const region = typeof wanted === 'string' && wanted !== '' ? wanted : 'iad';
  assertThereIsRoom(call, { region, group: config.metadata?.fly_process_group ?? '' });
  const machine = call.world.fleet.create(app, {
    config,
    region,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    skipLaunch: call.body.skip_launch === true,
    cordoned: call.body.skip_service_registration === true,
  });
  const { lease_ttl: ttl } = call.body;
  if (typeof ttl !== 'number' || ttl <= 0) return { status: 200, body: machineJson(machine) };
  const { nonce } = machine.lease.acquire(
    { nonce: call.world.doors.ids.nonce(), owner: call.token.email, description: '', ttlSeconds: ttl },
    undefined,
  );
  return { status: 200, body: { ...machineJson(machine), nonce } };
}

function assertThereIsRoom({ world }: Call, machine: { region: string; group: string }): void {
  const { outOfCapacity } = world.doors.settings;
  const isFull = outOfCapacity.some(
    ({ region = machine.region, group = machine.group }) =>
      region === machine.region && group === machine.group,
  );
  if (isFull) throw new Refusal(422, 'out of capacity', 'insufficient_capacity');
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
  call.world.fleet.destroy(machineToDestroy(call), force);
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

/** A snapshot of memory is not kept: a start afterwards is a start from the image. */
function suspendMachine(call: Call) {
  const machine = machineToChange(call);
  if (machine.state !== 'started') {
    const from = `unable to suspend machine from current state: '${machine.state}'`;
    throw new Refusal(412, `failed_precondition: ${from}`);
  }
  call.world.fleet.stop(machine, { into: 'suspended' });
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

function configOf(call: Call): MachineConfig {
  const { config } = call.body;
  if (typeof config !== 'object' || config === null)
    throw new Refusal(400, 'invalid_argument: config is required');
  if (!('image' in config) || typeof config.image !== 'string') {
    throw new Refusal(400, 'invalid_argument: config.image is required');
  }
  assertRestartPolicy(config);
  return { ...config, image: config.image };
}

/** fly.toml's `never` is flyctl's word: the API says `no`. */
function assertRestartPolicy(config: object): void {
  const { policy } = Object('restart' in config ? config.restart : undefined);
  if (policy === undefined || policy === '' || restartPolicies.includes(policy)) return;
  throw new Refusal(400, `invalid_argument: unknown restart policy '${policy}'`);
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
