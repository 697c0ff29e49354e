import type { ServiceAnswer, ServiceRequest } from '../service.ts';
import type { Deploys } from './deploys.ts';
import { type Asked, executeGraphql } from './graphql/execute.ts';
import { graphqlRouteName } from './graphql/route-name.ts';
import { schemaWithout } from './graphql/schema.ts';
import { viewerOf } from './graphql/viewer-of.ts';
import type { Spent } from './limits.ts';
import type { Plan } from './model.ts';
import type { Token } from './token.ts';
import type { RailwayWorld } from './world.ts';

/** Every path of it answers alike; clients use `/graphql/v2`. */
export const graphqlPath = '/graphql/v2';

export function isGraphql({ method, url }: Pick<ServiceRequest, 'method' | 'url'>): boolean {
  return method === 'POST' && url.pathname === graphqlPath;
}

export function graphqlRoute({ body }: Pick<ServiceRequest, 'body'>): string | undefined {
  return graphqlRouteName(readAsked(body).query);
}

/** One document over HTTP: counted against its token's limits, then run. */
export async function answerApi(
  request: ServiceRequest,
  { world, deploys }: { readonly world: RailwayWorld; readonly deploys: Deploys },
): Promise<ServiceAnswer> {
  const { switches } = world.doors;
  const viewer = viewerOf({ world, deploys }, request.headers);
  const { token } = viewer;
  const spent = token === undefined ? undefined : world.limits.spend(token.value, planOf(token, world));
  const headers = spent === undefined ? {} : limitHeaders(spent, switches.rateLimitHeaders);
  if (switches.rateLimits && spent?.retryAfter !== undefined) {
    const retry = { 'retry-after': String(spent.retryAfter) };
    return { status: 429, headers: { ...headers, ...retry }, body: { message: 'Too Many Requests' } };
  }
  const schema = schemaWithout(switches.missingFields);
  const answer = await executeGraphql(readAsked(request.body), { schema, viewer });
  return { ...answer, headers };
}

function readAsked(body: Buffer): Asked {
  try {
    return Object(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

function planOf(token: Token, world: RailwayWorld): Plan {
  if (token.kind === 'project') return token.environment.project.workspace.plan;
  if (token.kind === 'workspace') return token.workspace.plan;
  return [...world.workspaces.values()][0]?.plan ?? 'free';
}

function limitHeaders(
  { limit, remaining, resetAt }: Spent,
  which: 'policy' | 'documented',
): Readonly<Record<string, string>> {
  if (which === 'policy') return { 'ratelimit-policy': `"default";q=${limit};w=3600` };
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(resetAt / 1_000)),
  };
}
