import { defaultFlyctlVersion } from '../install/flyctl.ts';
import { passableVariable } from '../platforms/fly/environment.ts';
import type { InputRule } from './inputs.ts';
import { duration, shaped, text } from './kinds.ts';
import { shapedLines } from './lists.ts';
import { secret } from './secret.ts';

/** What every action that touches Fly accepts. */
export const flyInputs = {
  flyToken: secret('fly-token', { env: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] }),
  flyApp: text('fly-app'),
  flyctlVersion: shaped(
    'flyctl-version',
    {
      pattern: /^(v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?|latest|path)$/,
      legal: `a version such as ${defaultFlyctlVersion}, latest, or path`,
    },
    { default: defaultFlyctlVersion },
  ),
  flyctlSha256: shaped('flyctl-sha256', { pattern: /^[0-9a-f]{64}$/i, legal: '64 hexadecimal digits' }),
  flyctlEnv: shapedLines('flyctl-env', passableVariable),
  waitTimeoutMs: duration('wait-timeout', { default: '5m', min: 1_000 }),
};

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
      broken: (values) =>
        values.flyToken === undefined && !isWithout(values)
          ? '`fly-token` is required and was not given, nor is FLY_API_TOKEN set.'
          : undefined,
    },
  ];
}
