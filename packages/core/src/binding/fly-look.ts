import { ActionFailure } from '../failure.ts';
import { FlyApi } from '../platforms/fly/api.ts';
import { liveOf } from '../platforms/fly/live.ts';
import { MachineReader } from '../platforms/fly/machine-reader.ts';
import { inScope, wholeFleet } from '../platforms/fly/scope.ts';
import { parseFlyToken } from '../platforms/fly/token.ts';
import type { Live } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import type { FlyInputs } from './fly.ts';

/** An app to be looked at, and no more. */
export type FlyLookInputs = Pick<FlyInputs, 'flyApp' | 'flyToken' | 'scope' | 'acceptMachines'>;

/**
 * What an app serves, without flyctl: for `post` of a step that was cut before it had anything. An app that is not there
 * serves nothing. Failures: `token-kind`, `token-rejected`, HttpError.
 */
export function flyLook(
  { runner, http }: Pick<Ports, 'runner' | 'http'>,
  { flyApp, flyToken, scope = wholeFleet, acceptMachines = [] }: FlyLookInputs,
): (remainingMs: number) => Promise<Live> {
  const token = parseFlyToken(flyToken);
  for (const part of token.parts) runner.mask(part);
  const reader = new MachineReader();
  return async (remainingMs) => {
    const api = new FlyApi(http, token).within(remainingMs);
    try {
      const [machines, { releases }] = await Promise.all([reader.read(api, flyApp), api.app(flyApp)]);
      return liveOf(inScope(machines, scope), { app: flyApp, accepted: acceptMachines, releases });
    } catch (error) {
      if (error instanceof ActionFailure && error.code === 'app-not-found') return { kind: 'nothing' };
      throw error;
    }
  };
}
