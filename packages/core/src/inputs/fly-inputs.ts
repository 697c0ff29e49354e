import { duration, text } from './kinds.ts';
import { secret } from './secret.ts';

/** What every action that touches Fly accepts. `defaultFlyctl` is the version whose checksum Belay ships. */
export const flyInputs = {
  flyToken: secret('fly-token', { env: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] }),
  flyApp: text('fly-app'),
  flyctlVersion: text('flyctl-version', { default: '0.4.85' }),
  flyctlSha256: text('flyctl-sha256'),
  waitTimeoutMs: duration('wait-timeout', { default: '5m', min: 1_000 }),
};
