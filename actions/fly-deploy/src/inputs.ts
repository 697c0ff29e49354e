import {
  flyAcceptInput,
  flyFleetRules,
  flyInputs,
  flyNeeded,
  flyScopeInputs,
  flyStrategyInputs,
} from '#core/fly';
import {
  checkInputs,
  commitInput,
  defineInputs,
  dryRunInput,
  flag,
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
} from '#core/inputs';
import { buildOnlyInput, buildOnlyRule } from './build-inputs.ts';
import { buildInputs, buildRules } from './image-inputs.ts';
import { machineInputs, machineRules } from './machine-inputs.ts';
import { reviewInputs, reviewRules } from './review/inputs.ts';
import { secretInputs, secretRules } from './secret-inputs.ts';
import { snapshotInputs, snapshotRules } from './snapshot-inputs.ts';

interface MayInstallOnly {
  readonly installOnly: boolean;
  readonly reviewApp: 'false' | 'true' | 'sweep';
  readonly flyApp: string | undefined;
  readonly flyToken: string | undefined;
}

export const inputs = defineInputs(
  {
    ...flyInputs,
    config: path('config', { default: 'fly.toml' }),
    image: text('image'),
    buildArgs: pairs('build-args'),
    ...buildInputs,
    ...machineInputs,
    ...secretInputs,
    ...flyStrategyInputs,
    ...flyScopeInputs,
    ...flyAcceptInput,
    installOnly: flag('install-only', { default: 'false' }),
    args: lines('args'),
    ...reviewInputs,
    ...ledgerInputs,
    ...commitInput,
    ...workingDirectoryInput,
    ...checkInputs,
    ...onFailureInputs,
    ...timeoutInputs,
    ...forceInputs,
    ...dryRunInput,
    ...buildOnlyInput,
    ...snapshotInputs,
  },
  [
    forceNeedsReason,
    buildOnlyRule,
    ...snapshotRules,
    ...flyFleetRules,
    ...buildRules,
    ...machineRules,
    ...secretRules,
    // A fork's run has no token and is told so in better words: review apps see to it themselves.
    ...flyNeeded<MayInstallOnly>(
      ({ installOnly, reviewApp }) => installOnly || reviewApp !== 'false',
      ['installOnly', 'reviewApp'],
    ),
    ...reviewRules,
    {
      between: ['args'],
      broken: ({ args }) => {
        const names = args.map((arg) => arg.split('=')[0] ?? '');
        // `-iIMAGE` and `-yiIMAGE` are flags too: a short one can hide any other.
        const hidden = args.filter((arg) => arg === '--' || /^-[^-]/.test(arg));
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
      ...['--deploy-retries', '--access-token', '--build-only', '--push', '--build-secret'],
    ],
    why: 'which Belay sets itself.',
  },
  {
    flags: [
      ...['--max-unavailable', '--regions', '--only-regions', '--only-machines', '--process-groups'],
      ...['--dockerfile', '--build-arg', '--build-target', '--env', '--primary-region', '--ha'],
      ...['--release-command-timeout', '--vm-size', '--vm-memory', '--vm-cpus', '--vm-cpu-kind'],
    ],
    why: 'for which there are inputs of the same name.',
  },
  {
    flags: ['--depot', '--remote-only', '--local-only', '--buildkit', '--nixpacks'],
    why: 'for which there is the input `builder`.',
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
