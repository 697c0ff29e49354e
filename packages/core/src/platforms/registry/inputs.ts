import type { InputRule } from '../../inputs/inputs.ts';
import type { Shape } from '../../inputs/kinds.ts';
import { onlyOn } from '../../inputs/only-on.ts';
import { flyAcceptInput, flyInputs, flyNeeded, flyReleaseNames, namesFly } from '../fly/inputs.ts';
import {
  type NamesRailway,
  namesRailway,
  railwayInputs,
  railwayNeeded,
  railwayRebuildInput,
  railwayReleaseNames,
  railwayServicesInput,
  railwayStabilizeInput,
  servicesNamed,
  servicesOf,
  stabilizesInTime,
} from '../railway/inputs.ts';

// What an action for every platform accepts: plain data of the platforms' folders.

/** The inputs that name a target on any of them, and open it. */
export const platformInputs = { ...flyInputs, ...railwayInputs };

/** Those that say what may be taken for good: what stands beside what serves, what is built anew. */
export const platformAcceptInputs = { ...flyAcceptInput, ...railwayRebuildInput, ...railwayStabilizeInput };

/** The inputs by which one call may be about several targets of one platform. */
export const platformSeveralInputs = railwayServicesInput;

/** What inputs that name several targets must not say of all of them. */
export const severalNamed = servicesNamed;

/** The names of the targets that inputs are about; `undefined` alone for one that has none in them. */
export const targetNames = servicesOf;

/** The same before the inputs are read: in `post`, bad ones have been told by main. */
export function targetNamesIn(runner: { input(name: string): string }): ReturnType<typeof targetNames> {
  return targetNames({ railwayService: runner.input(railwayServicesInput.railwayService.name) });
}

/** The same inputs, about one of their targets. */
export function aboutTarget<V extends NamesRailway>(given: V, name: string | undefined): V {
  return name === undefined ? given : { ...given, railwayService: name };
}

interface Named extends NamesRailway {
  readonly flyApp: string | undefined;
  readonly flyToken: string | undefined;
  readonly railwayToken: string | undefined;
}

const naming = ['flyApp', 'railwayProject', 'railwayEnvironment', 'railwayService'] as const;

// A token alone names no target: a job may have it for another step.
const { flyApp: _, flyToken: __, ...ofFly } = { ...flyInputs, ...flyAcceptInput };

/** One target is named, with what it needs, and nothing that is for another platform. */
export const platformNeeded: readonly InputRule<Named>[] = [
  {
    between: naming,
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
  ...onlyOn<Named>('Fly', ofFly, {
    naming,
    elsewhere: (values) => (namesRailway(values) && !namesFly(values) ? 'Railway' : undefined),
  }),
  ...onlyOn<Named>(
    'Railway',
    { ...railwayRebuildInput, ...railwayStabilizeInput },
    {
      naming,
      elsewhere: (values) => (namesFly(values) && !namesRailway(values) ? 'Fly' : undefined),
    },
  ),
];

/** What of them could never be met, on the platform that they are for. */
export const acceptInTime: InputRule<Named & { readonly stabilizeMs: number; readonly timeoutMs: number }> = {
  ...stabilizesInTime,
  between: [...naming, ...stabilizesInTime.between],
  broken: (values, source) =>
    namesRailway(values) && !namesFly(values) ? stabilizesInTime.broken(values, source) : undefined,
};

const names = [flyReleaseNames, railwayReleaseNames];

/** What a rollback may be asked to go back to by a word of one of them. */
export const platformReleaseNames: Shape = {
  pattern: new RegExp(names.map(({ pattern }) => pattern.source).join('|')),
  legal: names.map(({ legal }) => legal).join(', '),
};
