import { namesFly } from '../fly/inputs.ts';

/** What names a target on some platform, among the inputs. */
export interface Named {
  readonly flyApp?: string | undefined;
}

/** Whether inputs name a target on a platform: plain data of its folder. */
export const isNamed: { readonly fly: (given: Named) => boolean } = { fly: namesFly };
