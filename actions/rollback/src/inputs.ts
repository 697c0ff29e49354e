import {
  checkInputs,
  commitInput,
  defineInputs,
  dryRunInput,
  duration,
  flag,
  flyAcceptInput,
  flyInputs,
  flyNeeded,
  forceInputs,
  forceNeedsReason,
  type InputValues,
  ledgerInputs,
  shaped,
  text,
  timeoutInputs,
  workingDirectoryInput,
} from '#core';

const { timeoutMs } = timeoutInputs;

const target = {
  pattern: /^(last-verified|previous|v\d{1,9}|[0-9a-fA-F]{7,40}|\S*[/:@]\S*)$/,
  legal:
    'last-verified, previous, a version such as v42, an image with its tag or digest, or at least 7 digits of a commit',
};

export const inputs = defineInputs(
  {
    ...flyInputs,
    to: shaped('to', target, { default: 'last-verified' }),
    reason: text('reason'),
    allowUnverified: flag('allow-unverified', { default: 'false' }),
    slaMs: duration('sla', { default: '5m', min: 1000 }),
    ...flyAcceptInput,
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
    ...flyNeeded(),
  ],
);

export type RollbackInputs = InputValues<typeof inputs>;
