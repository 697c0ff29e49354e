import { decodedSegment } from '../front/path-segment.ts';
import type { ServiceAnswer, ServiceRequest } from '../service.ts';
import type { Token } from './model.ts';
import type { Rate } from './rate-limit.ts';
import { Refusal, type Surface } from './refusal.ts';
import type { FlyWorld } from './world.ts';

/** A request that has found its route and shown a known token. */
export interface Call {
  readonly world: FlyWorld;
  readonly request: ServiceRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly token: Token;
  /** Object of the JSON body; empty when there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Answered as by a replica that has not heard of the newest release. */
  readonly isBehind?: true;
}

export interface Route {
  readonly name: string;
  readonly host: string;
  readonly method: string;
  /** `/v1/apps/{app}`: a name in braces takes one segment. */
  readonly path: string;
  readonly mutation: boolean;
  readonly surface: Surface;
  /** Absent: not limited. Limits count per `{machine}`, or per `{app}`. */
  readonly rate?: Rate;
  /** `none` for the public download resolver. */
  readonly access: 'token' | 'none';
  readonly handle: (call: Call) => ServiceAnswer | Promise<ServiceAnswer>;
}

export function matchRoute(
  routes: readonly Route[],
  request: Pick<ServiceRequest, 'host' | 'method' | 'url'>,
): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    if (route.host !== request.host || route.method !== request.method) continue;
    const params = matchPath(route.path, request.url.pathname);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const found = path.split('/');
  if (wanted.length !== found.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = found[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decodedSegment(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

export function readBody(request: ServiceRequest): Readonly<Record<string, unknown>> {
  if (request.body.length === 0) return {};
  try {
    return Object(JSON.parse(request.body.toString('utf8')));
  } catch {
    throw new Refusal(400, 'invalid_argument: malformed JSON body');
  }
}

/** Parameters are named in the route's own path, so a missing one is a slip in our table. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`route has no parameter {${name}}`);
  return value;
}
