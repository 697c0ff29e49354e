import type { ServiceAnswer, ServiceRequest } from '../service.ts';
import { notFound, Refusal, refuse } from './answers.ts';
import { parseBody } from './route.ts';
import type { Found } from './routes.ts';
import { allows, type Caller, describeNeed, type Need } from './tokens.ts';
import type { World } from './world.ts';

/** Answers a route of a repository in GitHub's order: does it exist for you, may you, and only then the rest. */
export function answerRepository(
  world: World,
  caller: Caller,
  call: { readonly found: Extract<Found, { kind: 'repository' }>; readonly request: ServiceRequest },
): ServiceAnswer | undefined {
  const { route, params } = call.found;
  const repository = world.repository(params.owner ?? '', params.repo ?? '');
  if (repository === undefined) throw notFound();
  authorize(caller, route.need, repository.private);
  return route.answer({
    world,
    repository,
    caller,
    url: call.request.url,
    params,
    body: parseBody(call.request.body),
  });
}

/** A stranger is not told that a private repository exists. Everyone may read a public one. */
function authorize(caller: Caller, need: Need, isPrivate: boolean): void {
  if (caller.token === undefined && isPrivate) throw notFound();
  if (need.level === 'read' && !isPrivate) return;
  if (caller.token === undefined) throw refuse(401, 'Requires authentication');
  if (allows(caller.permissions, need)) return;
  const refusal = refuse(403, 'Resource not accessible by integration');
  throw new Refusal({
    ...refusal.answer,
    headers: { 'x-accepted-github-permissions': describeNeed(need) },
  });
}
