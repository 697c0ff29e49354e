import {
  checkInputs,
  defineInputs,
  dryRunInput,
  flag,
  flyFleetRules,
  flyInputs,
  flyNeeded,
  flyScopeInputs,
  flyStrategyInputs,
  forceInputs,
  forceNeedsReason,
  type InputValues,
  ledgerInputs,
  lines,
  onFailureInputs,
  pairs,
  path,
  text,
  timeoutInputs,
  workingDirectoryInput,
} from '#core';

interface MayInstallOnly {
  readonly installOnly: boolean;
  readonly flyApp: string | undefined;
  readonly flyToken: string | undefined;
}

export const inputs = defineInputs(
  {
    ...flyInputs,
    config: path('config', { default: 'fly.toml' }),
    image: text('image'),
    buildArgs: pairs('build-args'),
    ...flyStrategyInputs,
    ...flyScopeInputs,
    installOnly: flag('install-only', { default: 'false' }),
    args: lines('args'),
    ...ledgerInputs,
    ...workingDirectoryInput,
    ...checkInputs,
    ...onFailureInputs,
    ...timeoutInputs,
    ...forceInputs,
    ...dryRunInput,
  },
  [
    forceNeedsReason,
    ...flyFleetRules,
    {
      between: ['image', 'buildArgs'],
      broken: ({ image, buildArgs }) =>
        image !== undefined && Object.keys(buildArgs).length > 0
          ? '`build-args` has no meaning with `image`: nothing is built.'
          : undefined,
    },
    ...flyNeeded<MayInstallOnly>(({ installOnly }) => installOnly, ['installOnly']),
    {
      between: ['args'],
      broken: ({ args }) => {
        const names = args.map((arg) => arg.split('=')[0] ?? '');
        // `-iIMAGE` and `-yiIMAGE` are flags too: a short one can hide any other.
        const hidden = args.filter((arg) => arg === '--' || (/^-[^-]/.test(arg) && !/^-e(=|$)/.test(arg)));
        const sentences = refused.flatMap(({ flags, why }) => {
          const taken = names.filter((name) => flags.includes(name));
          return taken.length > 0 ? [`\`args\` holds ${taken.join(', ')}, ${why}`] : [];
        });
        if (hidden.length > 0) {
          sentences.push(`\`args\` holds ${hidden.join(', ')}: write flags in their long form, one a line.`);
        }
        return sentences.length > 0 ? sentences.join(' ') : undefined;
      },
    },
  ],
);

export type FlyDeployInputs = InputValues<typeof inputs>;

/** Flags of `flyctl deploy` that would make what is claimed of a release untrue. */
const refused: readonly { readonly flags: readonly string[]; readonly why: string }[] = [
  {
    flags: [
      ...['--app', '--config', '--image', '--image-label', '--strategy', '--wait-timeout', '--detach'],
      ...['--deploy-retries', '--access-token', '--build-only', '--build-secret'],
    ],
    why: 'which Belay sets itself.',
  },
  {
    flags: ['--max-unavailable', '--regions', '--only-regions', '--only-machines', '--process-groups'],
    why: 'for which there are inputs of the same name.',
  },
  {
    flags: ['--exclude-regions', '--exclude-machines'],
    why: 'which would leave machines on the old release: one that serves only in part is neither live nor taken back.',
  },
  {
    flags: ['--update-only'],
    why: 'which would leave new process groups without machines: the release would serve only in part.',
  },
  {
    flags: ['--skip-release-command'],
    why: 'which would let a release serve without what its fly.toml says must run first.',
  },
];
