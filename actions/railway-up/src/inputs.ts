import {
  checkInputs,
  choice,
  commitInput,
  defineInputs,
  dryRunInput,
  duration,
  forceInputs,
  forceNeedsReason,
  type InputValues,
  ledgerInputs,
  lines,
  onFailureInputs,
  path,
  text,
  timeoutInputs,
  workingDirectoryInput,
} from '#core/inputs';
import {
  type NamesRailway,
  railwayInputs,
  railwayNeeded,
  railwayServicesInput,
  servicesNamed,
} from '#core/railway/inputs';
import { defaultDirectory, imageInput, modeRules } from './mode-rules.ts';
import { defaultMode, modeNames } from './modes/names.ts';
import { type PreviewKind, previewInputs, previewRules } from './preview/inputs.ts';

interface NeedsToken extends NamesRailway {
  readonly railwayToken: string | undefined;
  readonly preview: PreviewKind;
}

export const inputs = defineInputs(
  {
    ...railwayInputs,
    ...railwayServicesInput,
    mode: choice('mode', modeNames, { default: defaultMode }),
    ...imageInput,
    directory: path('directory', { default: defaultDirectory }),
    include: lines('include'),
    message: text('message'),
    onSkipped: choice('on-skipped', ['reject', 'accept'], { default: 'reject' }),
    ...previewInputs,
    stabilizeMs: duration('stabilize', { default: '10s', max: 600_000 }),
    ...ledgerInputs,
    ...commitInput,
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
      between: ['stabilizeMs', 'timeoutMs'],
      accuses: ['stabilizeMs'],
      broken: ({ stabilizeMs, timeoutMs }) =>
        stabilizeMs < timeoutMs
          ? undefined
          : '`stabilize` is a part of `timeout` and has to be shorter: no deployment could ever be believed.',
    },
    ...modeRules,
    servicesNamed,
    ...previewRules,
    // Of a preview it is said once it is known whose code the run is about.
    ...railwayNeeded<NeedsToken>(({ preview }) => preview === 'false'),
  ],
);

export type RailwayUpInputs = InputValues<typeof inputs>;
