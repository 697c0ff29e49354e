import { absentToken } from '../../inputs/absent-token.ts';
import type { Broken, InputRule } from '../../inputs/inputs.ts';
import { matching, text, timeLimit } from '../../inputs/kinds.ts';
import { matchingLines } from '../../inputs/lists.ts';
import { secret } from '../../inputs/secret.ts';
import type { RunnerContext } from '../../runner/runner.ts';
import { passableVariable } from './flyctl/environment.ts';
import { defaultFlyctlVersion } from './tool.ts';

/** What every action that touches Fly accepts. */
export const flyInputs = {
  flyToken: secret('fly-token', { env: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] }),
  flyApp: text('fly-app'),
  flyctlVersion: matching(
    'flyctl-version',
    {
      pattern: /^(v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?|latest|path)$/,
      legal: `a version such as ${defaultFlyctlVersion}, latest, or path`,
    },
    { default: defaultFlyctlVersion },
  ),
  flyctlSha256: matching('flyctl-sha256', { pattern: /^[0-9a-f]{64}$/i, legal: '64 hexadecimal digits' }),
  flyctlEnv: matchingLines('flyctl-env', passableVariable),
  waitTimeoutMs: timeLimit('wait-timeout', { default: '5m' }),
};

/** Whether inputs name an app on Fly. */
export function namesFly({ flyApp }: { readonly flyApp?: string | undefined }): boolean {
  return flyApp !== undefined;
}

/** What a rollback may be asked to go back to by a word of Fly's. */
export const flyReleaseNames = {
  pattern: /^(?:v\d{1,9}|\S*[/:@]\S*)$/,
  legal: 'a version such as v42, an image with its tag or digest',
};

/** What to say of a step that came to no token. */
export function absentFlyToken(context: RunnerContext | undefined): Broken {
  return absentToken('fly-token', 'FLY_API_TOKEN', context);
}

/** The rules of an action that needs an app and a token, but for `isWithout`: values that need neither. */
export function flyNeeded<V extends { flyApp: string | undefined; flyToken: string | undefined }>(
  isWithout: (values: V) => boolean = () => false,
  also: readonly (keyof V & string)[] = [],
): readonly InputRule<V>[] {
  return [
    {
      between: ['flyApp', ...also],
      accuses: ['flyApp'],
      broken: (values) =>
        values.flyApp === undefined && !isWithout(values)
          ? '`fly-app` is required and was not given.'
          : undefined,
    },
    {
      between: ['flyToken', ...also],
      accuses: ['flyToken'],
      broken: (values, { context }) =>
        values.flyToken === undefined && !isWithout(values) ? absentFlyToken(context) : undefined,
    },
  ];
}

export { flyAcceptInput, flyFleetRules, flyScopeInputs, flyStrategyInputs } from './fleet-inputs.ts';
export { defaultFlyctlVersion } from './tool.ts';
