import { flyOpeningReasons, flyReasons, flyRefusingReasons, flySwitchingReasons } from '../fly/reasons.ts';
import {
  railwayOpeningReasons,
  railwayReasons,
  railwayRebuildReasons,
  railwayRefusingReasons,
  railwaySwitchingReasons,
} from '../railway/reasons.ts';

// Plain data of the platforms: every reason one of them has, and those by which a change on any of them may end.

export const platformReasons = { ...flyReasons, ...railwayReasons } as const;

/** What can be wrong before a rollout has begun. */
export const openingReasons = distinct(flyOpeningReasons, railwayOpeningReasons);

/** What can go wrong once a platform has begun to change what serves. */
export const switchingReasons = distinct(flySwitchingReasons, railwaySwitchingReasons);

/** What can keep a platform from making a release of what is there. */
export const refusingReasons = distinct(flyRefusingReasons, [
  ...railwayRefusingReasons,
  ...railwayRebuildReasons,
]);

/** What several platforms come to stands once. */
function distinct<One extends string, Other extends string>(
  one: readonly One[],
  other: readonly Other[],
): readonly (One | Other)[] {
  return [...new Set<One | Other>([...one, ...other])];
}
