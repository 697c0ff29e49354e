import { assertMayChange, findApp } from './access.ts';
import type { FlyApp } from './machine.ts';
import type { Secret } from './model.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const read = { ...flaps, method: 'GET', mutation: false } as const;
const change = { ...flaps, method: 'POST', mutation: true } as const;
const all = '/v1/apps/{app}/secrets';
const one = `${all}/{secret}`;

export const secretRoutes: readonly Route[] = [
  { ...read, name: 'flaps.secrets.list', path: all, handle: listSecrets },
  { ...change, name: 'flaps.secrets.set', path: all, handle: setSecrets },
  { ...read, name: 'flaps.secrets.get', path: one, handle: getSecret },
  { ...change, name: 'flaps.secrets.set-one', path: one, handle: setSecret },
  { ...change, name: 'flaps.secrets.delete', method: 'DELETE', path: one, handle: deleteSecret },
];

/** Never the value: what `show_secrets` would answer needs a permission no token here has. */
function secretJson([name, { digest, createdAt, updatedAt }]: [string, Secret]) {
  return { name, digest, created_at: createdAt, updated_at: updatedAt };
}

function listSecrets(call: Call) {
  return { status: 200, body: { secrets: [...appOf(call).secrets].map(secretJson) } };
}

function setSecrets(call: Call) {
  const app = appToChange(call);
  const values = Object.entries(Object(call.body.values));
  for (const [name, value] of values) {
    if (typeof value !== 'string' && value !== null)
      throw new Refusal(400, `invalid_argument: secret ${name}`);
  }
  call.world.setSecrets(app, Object.fromEntries(values) as Record<string, string | null>);
  const secrets = [...app.secrets].map(secretJson);
  return { status: 200, body: { secrets, version: app.secretsVersion } };
}

function getSecret(call: Call) {
  const name = param(call, 'secret');
  const secret = appOf(call).secrets.get(name);
  if (secret === undefined) throw new Refusal(404, 'secret not found');
  return { status: 200, body: secretJson([name, secret]) };
}

function setSecret(call: Call) {
  const app = appToChange(call);
  const name = param(call, 'secret');
  const { value } = call.body;
  if (typeof value !== 'string') throw new Refusal(400, 'invalid_argument: value is required');
  call.world.setSecrets(app, { [name]: value });
  const secret = app.secrets.get(name);
  return {
    status: 200,
    body: { ...(secret && secretJson([name, secret])), version: app.secretsVersion },
  };
}

function deleteSecret(call: Call) {
  const app = appToChange(call);
  const name = param(call, 'secret');
  if (!app.secrets.has(name)) throw new Refusal(404, 'secret not found');
  call.world.setSecrets(app, { [name]: null });
  return { status: 200, body: { version: app.secretsVersion } };
}

function appToChange(call: Call): FlyApp {
  assertMayChange(call.token);
  return appOf(call);
}

function appOf(call: Call): FlyApp {
  return findApp(call.world, call.token, param(call, 'app'));
}
