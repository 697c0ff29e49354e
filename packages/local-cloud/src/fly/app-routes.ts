import { assertMayChange, findApp, maySee } from './access.ts';
import type { FlyApp } from './machine.ts';
import { isDeployed } from './model.ts';
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
];

function appJson(app: FlyApp) {
  const { name, slug, number } = app.organization;
  return {
    id: app.id,
    internal_numeric_id: app.number,
    name: app.name,
    status: isDeployed(app) ? 'deployed' : 'pending',
    machine_count: [...app.machines.values()].filter(({ state }) => state !== 'destroyed').length,
    volume_count: app.volumes.size,
    network: 'default',
    cname_target: `${app.id}.${app.name}.fly.dev`,
    app_role: app.role,
    organization: { name, slug, internal_numeric_id: number },
  };
}

function listApps({ world, token, request }: Call) {
  const slug = request.url.searchParams.get('org_slug');
  if (slug !== null && slug !== world.organization.slug) throw new Refusal(404, 'organization not found');
  // flyctl looks so for the organization's builder, and destroys what it takes for a broken one.
  const role = request.url.searchParams.get('app_role');
  const apps = [...world.apps.values()]
    .filter((app) => maySee(token, app) && (role === null || app.role === role))
    .map(appJson);
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

function appOf(call: Call): FlyApp {
  return findApp(call.world, call.token, param(call, 'app'));
}
