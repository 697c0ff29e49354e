import { flyAcceptInput, flyInputs, flyNeeded, flyReleaseNames, namesFly } from '#core/fly/inputs';
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
import { namesRailway, railwayInputs, railwayNeeded, railwayReleaseNames } from '#core/railway/inputs';

const { timeoutMs } = timeoutInputs;

const target = {
  pattern: new RegExp(
    `^(last-verified|previous|[0-9a-fA-F]{7,40})$|${flyReleaseNames.pattern.source}|${railwayReleaseNames.pattern.source}`,
  ),
  legal: `last-verified, previous, ${flyReleaseNames.legal}, ${railwayReleaseNames.legal}, or at least 7 digits of a commit`,
};

export const inputs = defineInputs(
  {
    ...flyInputs,
    ...railwayInputs,
    to: matching('to', target, { default: 'last-verified' }),
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
    {
      between: ['flyApp', 'railwayProject', 'railwayEnvironment', 'railwayService'],
      accuses: ['flyApp', 'railwayService'],
      broken: (values) =>
        namesFly(values) || namesRailway(values)
          ? undefined
          : 'No target is named: give `fly-app`, or `railway-service`.',
    },
    ...flyNeeded((values) => !namesFly(values)),
    ...railwayNeeded(namesRailway),
  ],
);

export type RollbackInputs = InputValues<typeof inputs>;
