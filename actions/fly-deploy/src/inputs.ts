import {
  checkInputs,
  choice,
  defineInputs,
  dryRunInput,
  flag,
  flyInputs,
  flyNeeded,
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
    strategy: choice('strategy', ['rolling', 'immediate'], { default: 'rolling' }),
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
        const taken = args.map((arg) => arg.split('=')[0] ?? '').filter((name) => ownFlags.includes(name));
        return taken.length > 0 ? `\`args\` holds ${taken.join(', ')}, which Belay sets itself.` : undefined;
      },
    },
  ],
);

export type FlyDeployInputs = InputValues<typeof inputs>;

/** Flags of `flyctl deploy` that an input sets, or that the verdict rests on. */
const ownFlags = [
  ...['-a', '--app', '-c', '--config', '-i', '--image', '--image-label', '--strategy', '--wait-timeout'],
  ...['--detach', '--deploy-retries', '--access-token', '-t', '--build-only', '--build-secret'],
];
