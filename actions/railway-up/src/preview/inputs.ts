import { choice, type InputRule } from '#core/inputs';
import { defaultMode, type ModeName } from '../modes/names.ts';

/** Whose environment is meant: Railway's own of a pull request, one that is made here, or all that were left behind. */
export const previewInputs = {
  preview: choice('preview', ['false', 'true', 'create', 'sweep'], { default: 'false' }),
};

export type PreviewKind = 'false' | 'true' | 'create' | 'sweep';

interface Given {
  readonly preview: PreviewKind;
  readonly mode: ModeName;
  readonly environment: string;
  readonly railwayEnvironment: string | undefined;
  readonly commit: string | undefined;
  readonly checks: string | undefined;
}

/** `environment` always has a value: this one is nobody's wish. */
const defaultEnvironment = 'production';

/** How the deployment of a preview comes to be. `mode` has a default, which is nobody's wish. */
const modeOf = { true: 'watch', create: 'upload', sweep: 'none' } as const;

export const previewRules: readonly InputRule<Given>[] = [
  {
    between: ['preview', 'mode'],
    accuses: ['mode'],
    broken: ({ preview, mode }) => {
      if (preview === 'false' || mode === defaultMode || mode === modeOf[preview]) return undefined;
      const instead = {
        true: 'Railway deploys the pull request by itself, which is watched.',
        create: 'what is made for the pull request is uploaded to.',
        sweep: 'nothing is deployed.',
      };
      return `\`mode: ${mode}\` has no meaning with \`preview: ${preview}\`: ${instead[preview]}`;
    },
  },
  {
    between: ['preview', 'environment'],
    accuses: ['environment'],
    broken: ({ preview, environment }) =>
      preview !== 'false' && environment !== defaultEnvironment
        ? '`environment` has no meaning with `preview`: each pull request is an environment of its own, such as pr-7.'
        : undefined,
  },
  {
    between: ['preview', 'railwayEnvironment'],
    accuses: ['railwayEnvironment'],
    broken: ({ preview, railwayEnvironment }) =>
      (preview === 'true' || preview === 'sweep') && railwayEnvironment !== undefined
        ? `\`railway-environment\` has no meaning with \`preview: ${preview}\`: ${preview === 'true' ? 'it is the one Railway made for the pull request' : 'all that were made for pull requests are looked at'}.`
        : undefined,
  },
  {
    between: ['preview', 'commit'],
    accuses: ['commit'],
    broken: ({ preview, commit }) =>
      preview !== 'false' && commit !== undefined
        ? '`commit` has no meaning with `preview`: the pull request says it.'
        : undefined,
  },
  {
    between: ['preview', 'checks'],
    accuses: ['checks'],
    broken: ({ preview, checks }) =>
      preview === 'sweep' && checks !== undefined
        ? '`checks` has no meaning with `preview: sweep`: nothing is deployed.'
        : undefined,
  },
];
