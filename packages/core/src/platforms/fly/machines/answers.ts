import type { Ports } from '../../../action/ports.ts';
import { platformTime } from '../../../deployment/platform-time.ts';
import type { InstanceAnswers } from '../../instances.ts';
import { FlyApi } from '../api/api.ts';
import { parseFlyToken } from '../token/token.ts';
import { evidenceOf } from './health.ts';
import { runInMachine } from './machine-command.ts';
import { wholeFleet } from './scope.ts';

/** Fly's own judgement of an app's machines, and commands in them, without a deploy. Failure: `token-kind`. */
export function flyHealth(
  { runner, ...ports }: Pick<Ports, 'runner' | 'http' | 'clock'>,
  { flyToken, flyApp: app }: { readonly flyToken: string; readonly flyApp: string },
): InstanceAnswers {
  const token = parseFlyToken(flyToken);
  for (const part of token.parts) runner.mask(part);
  const { http, clock } = platformTime(ports);
  const api = new FlyApi(http, token);
  return {
    platformHealth: async () => evidenceOf(await api.machines(app), clock.now()),
    runInInstance: (command, signal) => runInMachine(api, { app, scope: wholeFleet }, command, signal),
  };
}
