import type { PlatformHealth } from '../checks/types/check-type.ts';
import { FlyApi } from '../platforms/fly/api.ts';
import { evidenceOf } from '../platforms/fly/health.ts';
import { parseFlyToken } from '../platforms/fly/token.ts';
import type { Ports } from '../ports.ts';
import { platformTime } from './platform-time.ts';

/** Fly's own judgement of an app's machines, for `fly-machines` checks without a deploy. Failure: `token-kind`. */
export function flyHealth(
  { runner, ...ports }: Pick<Ports, 'runner' | 'http' | 'clock'>,
  { flyToken, flyApp }: { readonly flyToken: string; readonly flyApp: string },
): PlatformHealth {
  const token = parseFlyToken(flyToken);
  for (const part of token.parts) runner.mask(part);
  const { http, clock } = platformTime(ports);
  const api = new FlyApi(http, token);
  return async () => evidenceOf(await api.machines(flyApp), clock.now());
}
