import { choice, duration, type InputRule, text } from '#core/inputs';

/** What a review app is told by. */
export const reviewInputs = {
  reviewApp: choice('review-app', ['false', 'true', 'sweep'], { default: 'false' }),
  flyOrg: text('fly-org'),
  maxIdleMs: duration('max-idle', { min: 60_000 }),
};

interface Given {
  readonly reviewApp: 'false' | 'true' | 'sweep';
  readonly flyOrg: string | undefined;
  readonly maxIdleMs: number | undefined;
  readonly flyApp: string | undefined;
  readonly environment: string;
  readonly onlyMachines: readonly string[];
  readonly regions: readonly string[];
  readonly processGroups: readonly string[];
  readonly acceptMachines: readonly string[];
  readonly installOnly: boolean;
  readonly buildOnly: boolean;
}

/** `environment` always has a value: this one is nobody's wish. */
const defaultEnvironment = 'production';

export const reviewRules: readonly InputRule<Given>[] = [
  {
    between: ['reviewApp', 'flyOrg'],
    accuses: ['flyOrg'],
    broken: ({ reviewApp, flyOrg }) =>
      reviewApp !== 'false' && flyOrg === undefined
        ? '`review-app` needs `fly-org`: the organization the apps are made in.'
        : undefined,
  },
  {
    between: ['reviewApp', 'flyApp'],
    accuses: ['flyApp'],
    broken: ({ reviewApp, flyApp }) =>
      reviewApp !== 'false' && flyApp !== undefined
        ? '`fly-app` has no meaning with `review-app`: the app is named after its pull request.'
        : undefined,
  },
  {
    between: ['reviewApp', 'environment'],
    accuses: ['environment'],
    broken: ({ reviewApp, environment }) =>
      reviewApp !== 'false' && environment !== defaultEnvironment
        ? '`environment` has no meaning with `review-app`: each pull request is an environment of its own, such as pr-7.'
        : undefined,
  },
  {
    // A new app has no machine to find, and would be left behind without any.
    between: ['reviewApp', 'onlyMachines', 'regions', 'processGroups', 'acceptMachines'],
    accuses: ['reviewApp'],
    broken: ({ reviewApp, onlyMachines, regions, processGroups, acceptMachines }) => {
      const given = [
        ...(onlyMachines.length > 0 ? ['`only-machines`'] : []),
        ...(regions.length > 0 ? ['`regions`'] : []),
        ...(processGroups.length > 0 ? ['`process-groups`'] : []),
        ...(acceptMachines.length > 0 ? ['`accept-machines`'] : []),
      ];
      if (reviewApp === 'false' || given.length === 0) return undefined;
      const have = given.length === 1 ? 'has' : 'have';
      return `${given.join(', ')} ${have} no meaning with \`review-app\`: a new app has no machines to choose from.`;
    },
  },
  {
    between: ['reviewApp', 'installOnly', 'buildOnly'],
    accuses: ['reviewApp'],
    broken: ({ reviewApp, installOnly, buildOnly }) =>
      reviewApp !== 'false' && (installOnly || buildOnly)
        ? `\`review-app\` has no meaning with \`${installOnly ? 'install-only' : 'build-only'}\`: nothing is deployed.`
        : undefined,
  },
  {
    between: ['reviewApp', 'maxIdleMs'],
    accuses: ['maxIdleMs'],
    broken: ({ reviewApp, maxIdleMs }) =>
      reviewApp !== 'sweep' && maxIdleMs !== undefined
        ? '`max-idle` has a meaning with `review-app: sweep` alone.'
        : undefined,
  },
];
