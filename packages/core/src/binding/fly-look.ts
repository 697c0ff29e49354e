import { ActionFailure } from '../failure.ts';
import { FlyApi } from '../platforms/fly/api.ts';
import { liveOf } from '../platforms/fly/live.ts';
import { MachineReader } from '../platforms/fly/machine-reader.ts';
import { inScope, wholeFleet } from '../platforms/fly/scope.ts';
import { flyTarget } from '../platforms/fly/target.ts';
import { parseFlyToken } from '../platforms/fly/token.ts';
import type { Live, Target } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import type { FlyInputs } from './fly.ts';

/** One look is worth a few seconds, milliseconds. */
export const lookMs = 10_000;

/** An app to be looked at, and no more. */
export type FlyLookInputs = Pick<FlyInputs, 'flyApp' | 'flyToken' | 'scope' | 'acceptMachines'>;

/** What a look has seen of an app. */
export interface SeenOnFly {
  readonly target: Target;
  readonly live: Live;
}

/**
 * What an app serves, and its address, without flyctl: no tool is started for it. An app that is not there serves
 * nothing. Failures: `token-kind`, `token-rejected`, HttpError.
 */
export function flySight(
  { runner, http }: Pick<Ports, 'runner' | 'http'>,
  { flyApp, flyToken, scope = wholeFleet, acceptMachines = [] }: FlyLookInputs,
): (remainingMs: number) => Promise<SeenOnFly> {
  const token = parseFlyToken(flyToken);
  for (const part of token.parts) runner.mask(part);
  const reader = new MachineReader();
  return async (remainingMs) => {
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

/** What it serves alone: for `post` of a step that was cut before it had anything. */
export function flyLook(
  ...[ports, inputs]: Parameters<typeof flySight>
): (remainingMs: number) => Promise<Live> {
  const look = flySight(ports, inputs);
  return async (remainingMs) => (await look(remainingMs)).live;
}
