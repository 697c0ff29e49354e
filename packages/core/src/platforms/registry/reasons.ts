import { flyOpeningReasons, flyReasons, flyRefusingReasons, flySwitchingReasons } from '../fly/reasons.ts';
import { railwayReasons } from '../railway/reasons.ts';

// Plain data of the platforms: every reason one of them has, and those by which a change on any of them may end.

export const platformReasons = { ...flyReasons, ...railwayReasons } as const;

/** What can be wrong before a rollout has begun. */
export const openingReasons = [...flyOpeningReasons] as const;

/** What can go wrong once a platform has begun to change what serves. */
export const switchingReasons = [...flySwitchingReasons] as const;

/** What can keep a platform from making a release of what is there. */
export const refusingReasons = [...flyRefusingReasons] as const;
