import { assertMayChange, findApp, maySee } from './access.ts';
import { type FlyApp, isDeployed } from './model.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const read = { ...flaps, method: 'GET', mutation: false } as const;

export const appRoutes: readonly Route[] = [
  { ...read, name: 'flaps.apps.list', path: '/v1/apps', handle: listApps },
  {
    ...flaps,
    name: 'flaps.apps.create',
    method: 'POST',
    path: '/v1/apps',
    mutation: true,
    handle: createApp,
  },
  { ...read, name: 'flaps.apps.get', path: '/v1/apps/{app}', handle: getApp },
  {
    ...flaps,
    name: 'flaps.apps.destroy',
    method: 'DELETE',
    path: '/v1/apps/{app}',
    mutation: true,
    handle: destroyApp,
  },
  { ...read, name: 'flaps.ips.list', path: '/v1/apps/{app}/ip_assignments', handle: listIps },
  {
    ...flaps,
    name: 'flaps.ips.create',
    method: 'POST',
    path: '/v1/apps/{app}/ip_assignments',
    mutation: true,
    handle: assignIp,
  },
  { ...read, name: 'flaps.secrets.list', path: '/v1/apps/{app}/secrets', handle: listSecrets },
  {
    ...flaps,
    name: 'flaps.secrets.set',
    method: 'POST',
    path: '/v1/apps/{app}/secrets',
    mutation: true,
    handle: setSecrets,
  },
];

function appJson(app: FlyApp) {
  const { name, slug, number } = app.organization;
  return {
    id: app.id,
    internal_numeric_id: app.number,
    name: app.name,
    status: isDeployed(app) ? 'deployed' : 'pending',
    machine_count: [...app.machines.values()].filter(({ state }) => state !== 'destroyed').length,
    volume_count: 0,
    network: 'default',
    cname_target: `${app.id}.${app.name}.fly.dev`,
    app_role: '',
    organization: { name, slug, internal_numeric_id: number },
  };
}

function listApps({ world, token, request }: Call) {
  const slug = request.url.searchParams.get('org_slug');
  if (slug !== null && slug !== world.organization.slug) throw new Refusal(404, 'organization not found');
  const apps = [...world.apps.values()].filter((app) => maySee(token, app)).map(appJson);
  return { status: 200, body: { total_apps: apps.length, apps } };
}

function createApp({ world, token, body }: Call) {
  assertMayChange(token);
  if (token.kind === 'deploy') throw new Refusal(403, 'unauthorized: a deploy token creates no apps');
  const name = body.name ?? body.app_name;
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'invalid_argument: name is required');
  if (body.org_slug !== world.organization.slug) throw new Refusal(404, 'organization not found');
  return { status: 201, body: appJson(world.createApp(name)) };
}

function getApp(call: Call) {
  return { status: 200, body: appJson(appOf(call)) };
}

function destroyApp(call: Call) {
  assertMayChange(call.token);
  call.world.destroyApp(appOf(call));
  return { status: 202 };
}

/** A first deploy asks for two. They are answered and not listed: see below. */
function assignIp(call: Call) {
  assertMayChange(call.token);
  appOf(call);
  const shared = call.body.type === 'shared_v4';
  const ip = shared || call.body.type === 'v4' ? '192.0.2.10' : '2001:db8::10';
  const createdAt = new Date(call.world.doors.clock.now()).toISOString();
  return { status: 200, body: { ip, region: 'global', service_name: '', shared, created_at: createdAt } };
}

/** None: with any, flyctl asks a public resolver for their names, and nothing here leaves loopback. */
function listIps(call: Call) {
  appOf(call);
  return { status: 200, body: { ips: [] } };
}

function secretsJson(app: FlyApp) {
  const secrets = [...app.secrets].map(([name, { digest, createdAt, updatedAt }]) => ({
    name,
    digest,
    created_at: createdAt,
    updated_at: updatedAt,
  }));
  return { secrets, version: app.secretsVersion };
}

function listSecrets(call: Call) {
  return { status: 200, body: secretsJson(appOf(call)) };
}

function setSecrets(call: Call) {
  assertMayChange(call.token);
  const app = appOf(call);
  const values = Object.entries(Object(call.body.values));
  for (const [name, value] of values) {
    if (typeof value !== 'string' && value !== null)
      throw new Refusal(400, `invalid_argument: secret ${name}`);
  }
  call.world.setSecrets(app, Object.fromEntries(values) as Record<string, string | null>);
  return { status: 200, body: secretsJson(app) };
}

function appOf(call: Call): FlyApp {
  return findApp(call.world, call.token, param(call, 'app'));
}
