import {
  checkInputs,
  commitInput,
  defineInputs,
  dryRunInput,
  duration,
  flag,
  forceInputs,
  forceNeedsReason,
  type InputValues,
  ledgerInputs,
  matching,
  text,
  timeoutInputs,
  workingDirectoryInput,
} from '#core/inputs';
import {
  acceptInTime,
  platformAcceptInputs,
  platformInputs,
  platformNeeded,
  platformReleaseNames,
  platformSeveralInputs,
  severalNamed,
} from '#core/platform-inputs';

const { timeoutMs } = timeoutInputs;

const target = {
  pattern: new RegExp(`^(last-verified|previous|[0-9a-fA-F]{7,40})$|${platformReleaseNames.pattern.source}`),
  legal: `last-verified, previous, ${platformReleaseNames.legal}, or at least 7 digits of a commit`,
};

export const inputs = defineInputs(
  {
    ...platformInputs,
    ...platformSeveralInputs,
    to: matching('to', target, { default: 'last-verified' }),
    reason: text('reason'),
    allowUnverified: flag('allow-unverified', { default: 'false' }),
    slaMs: duration('sla', { default: '5m', min: 1000 }),
    ...platformAcceptInputs,
    ...ledgerInputs,
    ...commitInput,
    ...workingDirectoryInput,
    ...checkInputs,
    timeoutMs,
    ...forceInputs,
    ...dryRunInput,
  },
  [
    forceNeedsReason,
    {
      between: ['to', 'reason'],
      accuses: ['reason'],
      broken: ({ to, reason }) =>
        !['last-verified', 'previous'].includes(to) && reason === undefined
          ? `\`to: ${to}\` passes over the ledger's judgement and needs \`reason\`: one line saying why.`
          : undefined,
    },
    ...platformNeeded,
    severalNamed,
    acceptInTime,
  ],
);

export type RollbackInputs = InputValues<typeof inputs>;
