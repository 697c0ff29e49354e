import type { Ports } from '../../../action/ports.ts';
import type { Look } from '../../../deployment/platform-module.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { MachineReader } from '../machines/machine-reader.ts';
import { inScope, wholeFleet } from '../machines/scope.ts';
import type { FlyInputs } from '../open.ts';
import { type FlyToken, parseFlyToken } from '../token/token.ts';
import { FlyApi } from './api.ts';
import { liveOf } from './live.ts';
import { flyTarget } from './target.ts';

/** An app to be looked at, and no more. */
export type FlyLookInputs = Pick<FlyInputs, 'flyApp' | 'flyToken' | 'scope' | 'acceptMachines'>;

/**
 * What an app serves, and its address, without flyctl: no tool is started for it. An app that is not there serves
 * nothing. Failures: `token-kind`, `token-rejected`, HttpError.
 */
export function flyLook(
  { runner, http }: Pick<Ports, 'runner' | 'http'>,
  { flyApp, flyToken, scope = wholeFleet, acceptMachines = [] }: FlyLookInputs,
): Look {
  const reader = new MachineReader();
  let token: FlyToken | undefined;
  const maskedToken = () => {
    const parsed = parseFlyToken(flyToken);
    for (const part of parsed.parts) runner.mask(part);
    return parsed;
  };
  return async (remainingMs) => {
    token ??= maskedToken();
    const api = new FlyApi(http, token).within(remainingMs);
    try {
      const [machines, app] = await Promise.all([reader.read(api, flyApp), api.app(flyApp)]);
      const { name, hostname, releases } = app;
      const live = liveOf(inScope(machines, scope), { app: flyApp, accepted: acceptMachines, releases });
      return { target: flyTarget(name, hostname), live };
    } catch (error) {
      if (!(error instanceof ActionFailure && error.code === 'app-not-found')) throw error;
      return { target: flyTarget(flyApp), live: { kind: 'nothing' } };
    }
  };
}
