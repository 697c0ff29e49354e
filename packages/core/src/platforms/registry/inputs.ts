import type { InputRule } from '../../inputs/inputs.ts';
import type { Shape } from '../../inputs/kinds.ts';
import { flyAcceptInput, flyInputs, flyNeeded, flyReleaseNames, namesFly } from '../fly/inputs.ts';
import {
  type NamesRailway,
  namesRailway,
  railwayInputs,
  railwayNeeded,
  railwayReleaseNames,
} from '../railway/inputs.ts';

// What an action for every platform accepts: plain data of the platforms' folders.

/** The inputs that name a target on any of them, and open it. */
export const platformInputs = { ...flyInputs, ...railwayInputs };

/** Those that say what may stand beside what serves. */
export const platformAcceptInputs = flyAcceptInput;

interface Named extends NamesRailway {
  readonly flyApp: string | undefined;
  readonly flyToken: string | undefined;
  readonly railwayToken: string | undefined;
}

/** One target is named, with what it needs. */
export const platformNeeded: readonly InputRule<Named>[] = [
  {
    between: ['flyApp', 'railwayProject', 'railwayEnvironment', 'railwayService'],
    accuses: ['flyApp', 'railwayService'],
    broken: (values) => {
      if (namesFly(values) && namesRailway(values))
        return 'The inputs name an app on Fly and a service on Railway: give each a step of its own.';
      if (namesFly(values) || namesRailway(values)) return undefined;
      return 'No target is named: give `fly-app`, or `railway-service`.';
    },
  },
  ...flyNeeded<Named>((values) => !namesFly(values)),
  ...railwayNeeded<Named>(namesRailway),
];

const names = [flyReleaseNames, railwayReleaseNames];

/** What a rollback may be asked to go back to by a word of one of them. */
export const platformReleaseNames: Shape = {
  pattern: new RegExp(names.map(({ pattern }) => pattern.source).join('|')),
  legal: names.map(({ legal }) => legal).join(', '),
};
