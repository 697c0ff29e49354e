import type { Ports } from '../../action/ports.ts';
import { platformTime } from '../../deployment/platform-time.ts';
import type { Clock } from '../../io/clock.ts';
import type { RailwayApi } from './api/api.ts';
import { type FoundService, findService } from './api/find-target.ts';
import { openRailwayApi } from './api/open-api.ts';
import { serviceInForce } from './api/service-in-force.ts';
import { hostsOf, railwayTarget } from './api/target.ts';
import type { WireServiceInstance } from './api/wire-service.ts';
import type { NamesRailway } from './inputs.ts';

/** The inputs by which Railway is opened. */
export interface RailwayGiven extends NamesRailway {
  readonly railwayToken: string | undefined;
}

/** The same with what decides how a release is brought back. */
export interface RailwayOpening extends RailwayGiven {
  /** Default: false. What Railway no longer keeps may be built again from its source. */
  readonly allowRebuild?: boolean;
  /** Default: 10 s, milliseconds. */
  readonly stabilizeMs?: number;
}

/** A service on Railway that was found, and what is in force for it. */
export interface AskedRailway {
  readonly api: RailwayApi;
  /** Tells the time by Railway's clock. */
  readonly clock: Clock;
  readonly found: FoundService;
  readonly instance: WireServiceInstance;
}

/** Finds the service that the inputs name. Failures: those of the token, of `findService` and of `serviceInForce`. */
export async function askRailway(
  { http: direct, clock: own }: Pick<Ports, 'http' | 'clock'>,
  given: RailwayGiven,
  leftMs = 60_000,
): Promise<AskedRailway> {
  const { http, clock } = platformTime({ http: direct, clock: own });
  const api = await openRailwayApi({ http, clock }, given.railwayToken ?? '');
  const quick = api.within(leftMs);
  const found = await findService(quick, {
    project: given.railwayProject,
    environment: given.railwayEnvironment,
    service: given.railwayService,
  });
  return { api, clock, found, instance: await serviceInForce(quick, found) };
}

/** As a target: with the address where its users are. */
export function targetOf({ found, instance }: AskedRailway) {
  return railwayTarget(found, hostsOf(instance)[0]);
}
