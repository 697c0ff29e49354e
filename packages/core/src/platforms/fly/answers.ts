import type { AnsweringPlatform } from '../../deployment/platform-module.ts';
import { flyHealth } from './machines/answers.ts';
import type { FleetScope } from './machines/scope.ts';
import { withFlyToken } from './token/with-token.ts';

/** The inputs by which an action knows an app on Fly; that both are there is for the action's rules to see to. */
export interface FlyGiven {
  readonly flyApp: string | undefined;
  readonly flyToken: string | undefined;
  readonly scope?: FleetScope;
  readonly acceptMachines?: readonly string[];
}

/** What checks need of Fly. */
export const platform: AnsweringPlatform<FlyGiven> = {
  answers: (ports, { flyApp = '', flyToken = '' }) => flyHealth(ports, { flyApp, flyToken }),
  toldOfToken: (result, { flyApp: app = '', flyToken: token = '' }) => withFlyToken(result, token, { app }),
};
