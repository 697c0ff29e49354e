import type { IncomingHttpHeaders } from 'node:http';
import type { FlyApp } from './machine.ts';
import type { Token } from './model.ts';
import { Refusal } from './refusal.ts';
import type { FlyWorld } from './world.ts';

/** The first token of a request that the account knows; 401 without one. flyctl sends all it has, joined by commas. */
export function authenticate(world: FlyWorld, headers: IncomingHttpHeaders): Token {
  const values = (headers.authorization ?? '').replace(/^((FlyV1|Bearer)\s+)+/i, '').split(',');
  const token = values.map((value) => world.tokens.get(value.trim())).find((known) => known !== undefined);
  if (token === undefined) throw new Refusal(401, 'unauthorized');
  return token;
}

export function maySee(token: Token, app: FlyApp): boolean {
  return app.organization.slug === token.organization && (token.app ?? app.name) === app.name;
}

/**
 * An app the token cannot see does not exist for it. One of another account is looked up all the same, and then refused:
 * https://github.com/superfly/fly-go, `flaps.AppNameAvailable`.
 */
export function findApp(world: FlyWorld, token: Token, name: string): FlyApp {
  if (world.namesElsewhere.has(name)) throw new Refusal(403, 'unauthorized');
  const app = world.apps.get(name);
  if (app === undefined || !maySee(token, app)) throw new Refusal(404, 'app not found');
  return app;
}

export function assertMayChange(token: Token): void {
  if (token.kind === 'readonly') throw new Refusal(403, 'unauthorized: token is read-only');
}
