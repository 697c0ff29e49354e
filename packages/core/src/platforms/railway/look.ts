import type { Ports } from '../../action/ports.ts';
import type { Look } from '../../deployment/platform-module.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import type { Target } from '../platform.ts';
import { liveOf } from './api/live.ts';
import { askRailway, type RailwayGiven, targetOf } from './ask.ts';

/** What a service serves, and its address. One that is not there serves nothing. Failures: of the token, HttpError. */
export function railwayLook(ports: Pick<Ports, 'http' | 'clock'>, given: RailwayGiven): Look {
  return async (remainingMs) => {
    try {
      const asked = await askRailway(ports, given, remainingMs);
      return { target: targetOf(asked), live: liveOf(asked.instance, { now: asked.clock.now() }) };
    } catch (error) {
      if (!(error instanceof ActionFailure && error.code === 'target-not-found')) throw error;
      return { target: namedTarget(given), live: { kind: 'nothing' } };
    }
  };
}

/** The target as the inputs name it; nobody was asked for its ids. */
export function namedTarget(given: RailwayGiven): Target {
  const { railwayProject, railwayEnvironment, railwayService } = given;
  const names = [railwayProject, railwayEnvironment, railwayService].filter((name) => name !== undefined);
  return {
    platform: 'railway',
    id: `railway:${names.length === 0 ? 'the service of the token' : names.join('/')}`,
    name: railwayService ?? 'the service',
  };
}
