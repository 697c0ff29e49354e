import { namesFly } from '../fly/inputs.ts';
import { type NamesRailway, namesRailway } from '../railway/inputs.ts';

/** What names a target on some platform, among the inputs. */
export interface Named extends NamesRailway {
  readonly flyApp?: string | undefined;
}

/** Whether inputs name a target on a platform: plain data of its folder. */
export const isNamed: Readonly<Record<'fly' | 'railway', (given: Named) => boolean>> = {
  fly: namesFly,
  railway: namesRailway,
};
