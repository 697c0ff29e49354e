import type { Ports } from '../../action/ports.ts';
import { platformTime } from '../../deployment/platform-time.ts';
import { begun } from '../../io/begun.ts';
import type { Clock } from '../../io/clock.ts';
import { FlyApi, type FlyApp } from './api/api.ts';
import { type FlyToken, parseFlyToken } from './token/token.ts';

/** Fly's API, opened with a token. */
export interface FlyAccess {
  readonly token: FlyToken;
  readonly api: FlyApi;
  /** Tells the time by Fly's clock. */
  readonly clock: Clock;
}

/** Fly, asked for an app whose answer is under way. */
export interface AskedFly {
  readonly access: FlyAccess;
  /** Failures: `token-rejected`, `app-not-found`. */
  readonly app: Promise<FlyApp>;
}

/** Opens Fly's API. Failure: `token-kind`. */
export function accessFly({ runner, ...ports }: Ports, flyToken: string): FlyAccess {
  const token = parseFlyToken(flyToken);
  for (const part of token.parts) runner.mask(part);
  const { http, clock } = platformTime(ports);
  return { token, api: new FlyApi(http, token), clock };
}

/** Asks Fly for the app: what needs no more than this is asked while the rest is loaded. Failure: `token-kind`. */
export function askFly(
  ports: Ports,
  { flyApp, flyToken }: { readonly flyApp: string; readonly flyToken: string },
): AskedFly {
  const access = accessFly(ports, flyToken);
  return { access, app: begun(access.api.app(flyApp)) };
}
