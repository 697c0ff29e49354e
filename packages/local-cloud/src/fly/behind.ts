import type { ServiceRequest } from '../service.ts';
import { authenticate } from './access.ts';
import { executeGraphql } from './graphql/execute.ts';
import { matchRoute, readBody } from './route.ts';
import { restRoutes } from './routes.ts';
import type { FlyWorld } from './world.ts';

const canBeBehind: readonly string[] = [
  'flaps.machines.list',
  'graphql.app.releases',
  'graphql.app.current-release',
  'uiex.releases.list',
  'uiex.releases.current',
];

/** What a replica answers that has not heard of the newest release: the machines as they stood when it was made. */
export async function answerBehind(
  world: FlyWorld,
  request: ServiceRequest,
  name: string | undefined,
): Promise<unknown> {
  if (!canBeBehind.includes(name ?? '')) {
    const meant = 'one-release-behind is for lists of machines and for releases';
    throw new Error(`fault wrong: ${meant}, not for ${name}`);
  }
  const token = authenticate(world, request.headers);
  const asked = { world, token, isBehind: true } as const;
  const matched = matchRoute(restRoutes, request);
  if (matched === undefined) return (await executeGraphql(readBody(request), asked)).body;
  const { route, params } = matched;
  return (await route.handle({ ...asked, request, params, body: {} })).body;
}
