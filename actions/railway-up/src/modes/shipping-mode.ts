import type { PlatformFailure } from '#core';
import { shippingPlan } from '#core/deployment';
import type { OpenRailway, RailwaySource } from '#core/railway';
import type { Mode, ModeParts } from './mode.ts';

/** What a mode deploys that has nothing to send. */
export interface Shipping extends Pick<Mode, 'commit' | 'isWanted'> {
  /** Undefined in `post`, where nothing is shipped. */
  readonly source: RailwaySource | undefined;
  /** What a run would do, in a sentence. */
  readonly would: string;
  /** What is to be said of a failure beyond what Railway knows. */
  told?(failure: PlatformFailure): PlatformFailure;
}

/** A mode in which Railway makes a deployment of what it has. */
export function shippingMode(
  { given }: ModeParts,
  { platform, target }: OpenRailway,
  { source, would, told = (failure) => failure, ...mode }: Shipping,
): Mode {
  return {
    ...mode,
    plan: shippingPlan(given),
    warnings: [],
    would: [would],
    shipment: {
      obtain: async ({ signal, ...allowed }) => {
        if (source === undefined) throw new Error('`post` ships nothing.');
        const shipped = await platform.ship(target, source, allowed, signal);
        return shipped.failure === undefined ? shipped : { ...shipped, failure: told(shipped.failure) };
      },
      stop: (_release, { signal }) => platform.cancelOwn(target, signal),
    },
  };
}
