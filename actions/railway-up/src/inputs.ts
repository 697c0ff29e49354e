import {
  checkInputs,
  choice,
  commitInput,
  defineInputs,
  dryRunInput,
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
  railwayStabilizeInput,
  servicesNamed,
  stabilizesInTime,
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
    ...railwayStabilizeInput,
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
    stabilizesInTime,
    ...modeRules,
    servicesNamed,
    ...previewRules,
    // Of a preview it is said once it is known whose code the run is about.
    ...railwayNeeded<NeedsToken>(({ preview }) => preview === 'false'),
  ],
);

export type RailwayUpInputs = InputValues<typeof inputs>;
