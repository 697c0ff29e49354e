import type { PlatformModule } from '../../deployment/platform-module.ts';
import type { RailwayGiven, RailwayOpening } from './ask.ts';
import { namedTarget, railwayLook } from './look.ts';

/** Railway, for whoever knows platforms by the registry alone. It runs no tools: its API does what is asked of it. */
export const platform: PlatformModule<RailwayGiven, RailwayOpening> = {
  // What its token may do beyond is told when it is opened: only Railway knows its kind.
  toldOfToken: async (result) => result,
  target: namedTarget,
  open: async (ports, given) => {
    const { openRailway } = await import('./open.ts');
    return openRailway(ports, given);
  },
  look: railwayLook,
};
