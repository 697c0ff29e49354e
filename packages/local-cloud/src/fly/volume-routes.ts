import { assertMayChange, findApp } from './access.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';
import { newVolume, snapshotJson, takeSnapshot, type Volume, volumeJson } from './volume.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const read = { ...flaps, method: 'GET', mutation: false } as const;
const change = { ...flaps, method: 'POST', mutation: true } as const;
const all = '/v1/apps/{app}/volumes';
const one = `${all}/{volume}`;

export const volumeRoutes: readonly Route[] = [
  { ...read, name: 'flaps.volumes.list', path: all, handle: listVolumes },
  { ...change, name: 'flaps.volumes.create', path: all, handle: createVolume },
  { ...read, name: 'flaps.volumes.get', path: one, handle: getVolume },
  { ...change, name: 'flaps.volumes.destroy', method: 'DELETE', path: one, handle: destroyVolume },
  { ...read, name: 'flaps.snapshots.list', path: `${one}/snapshots`, handle: listSnapshots },
  { ...change, name: 'flaps.snapshots.create', path: `${one}/snapshots`, handle: createSnapshot },
];

function listVolumes(call: Call) {
  const { volumes } = findApp(call.world, call.token, param(call, 'app'));
  return { status: 200, body: [...volumes.values()].map((volume) => seenVolume(call, volume)) };
}

function createVolume(call: Call) {
  assertMayChange(call.token);
  const app = findApp(call.world, call.token, param(call, 'app'));
  const { name, region, size_gb: size, snapshot_retention: retention } = call.body;
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'invalid_argument: name is required');
  const wanted = {
    name,
    region: typeof region === 'string' && region !== '' ? region : 'iad',
    sizeGb: typeof size === 'number' ? size : 3,
    ...(typeof retention === 'number' ? { snapshotRetention: retention } : {}),
  };
  const volume = newVolume(wanted, call.world.doors);
  app.volumes.set(volume.id, volume);
  return { status: 200, body: seenVolume(call, volume) };
}

function getVolume(call: Call) {
  return { status: 200, body: seenVolume(call, volumeOf(call)) };
}

function destroyVolume(call: Call) {
  assertMayChange(call.token);
  const volume = volumeOf(call);
  if (volume.attachedMachine !== null) {
    throw new Refusal(412, `failed_precondition: volume is attached to machine ${volume.attachedMachine}`);
  }
  volume.state = 'pending_destroy';
  return { status: 200, body: seenVolume(call, volume) };
}

/** In no order to rely on: here newest first. */
function listSnapshots(call: Call) {
  const volume = volumeOf(call);
  const now = call.world.doors.clock.now();
  return {
    status: 200,
    body: volume.snapshots.toReversed().map((snapshot) => snapshotJson(snapshot, volume, now)),
  };
}

/** Answers no id: whoever waits looks for one that was not listed before. */
function createSnapshot(call: Call) {
  assertMayChange(call.token);
  const volume = volumeOf(call);
  const { clock, ids, settings } = call.world.doors;
  takeSnapshot(volume, { id: ids.snapshot(), nowMs: clock.now(), takesMs: settings.snapshotMs });
  return { status: 200, body: {} };
}

/** It is where its machine is. */
function seenVolume(call: Call, volume: Volume) {
  const app = findApp(call.world, call.token, param(call, 'app'));
  const holder = app.machines.get(volume.attachedMachine ?? '');
  return volumeJson(volume, holder?.hostStatus);
}

function volumeOf(call: Call): Volume {
  const app = findApp(call.world, call.token, param(call, 'app'));
  const volume = app.volumes.get(param(call, 'volume'));
  if (volume === undefined) throw new Refusal(404, 'volume not found');
  return volume;
}
