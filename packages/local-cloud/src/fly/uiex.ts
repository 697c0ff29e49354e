import { assertMayChange, findApp } from './access.ts';
import type { FlyApp } from './machine.ts';
import {
  currentRelease,
  type Organization,
  oneReleaseBehind,
  type Release,
  type ReleaseStatus,
  type Strategy,
} from './model.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const uiex = { host: 'api.fly.io', surface: 'uiex', access: 'token' } as const;
const read = { ...uiex, method: 'GET', mutation: false } as const;
const change = { ...uiex, method: 'POST', mutation: true } as const;
const appReleases = '/api/v1/apps/{app}/releases';

export const uiexRoutes: readonly Route[] = [
  { ...read, name: 'uiex.organizations.get', path: '/api/v1/organizations/{slug}', handle: getOrganization },
  { ...change, name: 'uiex.builds.create', path: '/api/v1/builds', handle: createBuild },
  { ...change, name: 'uiex.builds.finish', path: '/api/v1/builds/finish', handle: finishBuild },
  { ...change, name: 'uiex.releases.create', path: '/api/v1/releases', handle: createRelease },
  {
    ...change,
    name: 'uiex.releases.patch',
    method: 'PATCH',
    path: '/api/v1/releases/{id}',
    handle: patchRelease,
  },
  { ...read, name: 'uiex.releases.list', path: appReleases, handle: listReleases },
  { ...read, name: 'uiex.releases.current', path: `${appReleases}/current`, handle: getCurrentRelease },
  { ...read, name: 'uiex.logs', path: '/api/v1/apps/{app}/logs', handle: readLogs },
];

export function organizationJson({ id, number, slug, name }: Organization) {
  return {
    id,
    internal_numeric_id: number,
    slug,
    raw_slug: slug,
    name,
    personal: false,
    paid_plan: false,
    billing_status: 'CURRENT',
    billable: true,
    remote_builder_image: '',
  };
}

function getOrganization(call: Call) {
  const { organization } = call.world;
  if (param(call, 'slug') !== organization.slug) throw new Refusal(404, 'organization not found');
  return { status: 200, body: { organization: organizationJson(organization) } };
}

function createBuild({ world, token, body }: Call) {
  assertMayChange(token);
  findApp(world, token, String(body.app_name));
  world.builds += 1;
  return { status: 200, body: { id: world.builds, status: 'started', wallclock_time_ms: 0 } };
}

function finishBuild({ token, body }: Call) {
  assertMayChange(token);
  return { status: 200, body: { id: body.build_id, status: body.status, wallclock_time_ms: 5 } };
}

function releaseJson(release: Release) {
  return {
    id: release.id,
    version: release.version,
    stable: release.status === 'complete',
    in_progress: release.status === 'pending' || release.status === 'running',
    status: release.status,
    strategy: release.strategy,
    user: release.user.email,
    created_at: release.createdAt,
    image_ref: release.imageRef,
  };
}

const strategies: readonly string[] = [
  'ROLLING',
  'ROLLING_ONE',
  'IMMEDIATE',
  'CANARY',
  'BLUEGREEN',
  'SIMPLE',
];

function createRelease({ world, token, body }: Call) {
  assertMayChange(token);
  const app = findApp(world, token, String(body.app_name));
  const strategy = String(body.strategy);
  const imageRef = String(body.image);
  if (!strategies.includes(strategy)) throw new Refusal(422, `unknown strategy ${strategy}`);
  if (world.doors.images.resolve(imageRef) === undefined) {
    throw new Refusal(404, `Could not find image "${imageRef}"`);
  }
  const wanted = {
    imageRef,
    strategy: strategy as Strategy,
    definition: body.definition,
    email: token.email,
  };
  return { status: 201, body: { release: releaseJson(world.release(app, wanted)) } };
}

const statuses: readonly string[] = ['pending', 'running', 'complete', 'failed', 'interrupted'];

function patchRelease(call: Call) {
  assertMayChange(call.token);
  const status = String(call.body.status);
  if (!statuses.includes(status)) throw new Refusal(422, `unknown status ${status}`);
  for (const app of call.world.apps.values()) {
    const release = app.releases.find(({ id }) => id === param(call, 'id'));
    if (release === undefined) continue;
    findApp(call.world, call.token, app.name);
    release.status = status as ReleaseStatus;
    release.metadata = call.body.metadata ?? release.metadata;
    release.updatedAt = new Date(call.world.doors.clock.now()).toISOString();
    return { status: 200, body: releaseJson(release) };
  }
  throw new Refusal(404, 'release not found');
}

function listReleases(call: Call) {
  const app = seenApp(call);
  const limit = Number(call.request.url.searchParams.get('limit') ?? 25);
  return { status: 200, body: { releases: app.releases.toReversed().slice(0, limit).map(releaseJson) } };
}

function getCurrentRelease(call: Call) {
  const release = currentRelease(seenApp(call));
  if (release === undefined) throw new Refusal(404, 'release not found');
  return { status: 200, body: releaseJson(release) };
}

function seenApp(call: Call): FlyApp {
  const app = findApp(call.world, call.token, param(call, 'app'));
  return call.isBehind ? oneReleaseBehind(app) : app;
}

function readLogs(call: Call) {
  const app = findApp(call.world, call.token, param(call, 'app'));
  const { searchParams: query } = call.request.url;
  const machine = query.get('instance');
  const region = query.get('region');
  const { lines, next } = app.logs.after(Number(query.get('next_token') ?? 0) || 0, {
    ...(machine ? { machine } : {}),
    ...(region ? { region } : {}),
  });
  const data = lines.map((line) => ({
    id: String(line.id),
    attributes: {
      timestamp: new Date(line.at).toISOString(),
      message: line.line,
      level: 'info',
      instance: line.machine,
      region: line.region,
      meta: { instance: line.machine, region: line.region, event: { provider: 'app' } },
    },
  }));
  return { status: 200, body: { data, meta: { next_token: String(next) } } };
}
