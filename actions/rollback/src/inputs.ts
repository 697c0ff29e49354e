import {
  checkInputs,
  defineInputs,
  dryRunInput,
  duration,
  flag,
  flyInputs,
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
    ...ledgerInputs,
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
    {
      between: ['flyApp'],
      broken: ({ flyApp }) => (flyApp === undefined ? '`fly-app` is required and was not given.' : undefined),
    },
    {
      between: ['flyToken'],
      broken: ({ flyToken }) =>
        flyToken === undefined
          ? '`fly-token` is required and was not given, nor is FLY_API_TOKEN set.'
          : undefined,
    },
  ],
);

export type RollbackInputs = InputValues<typeof inputs>;
