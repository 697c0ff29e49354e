import { gates, rulesOfRuns } from '../gates/gates.ts';
import { gateNames } from './gate-names.ts';
import type { InputRule } from './inputs.ts';
import { block, choice, flag, matching, path, text, timeLimit } from './kinds.ts';
import { lines, pairs, secretPairs } from './lists.ts';
import { secret } from './secret.ts';
import { secretLines } from './secret-lines.ts';

/** Inputs that mean the same in every action. An action spreads the groups it has into its own spec. */

export const ledgerInputs = {
  environment: text('environment', { default: 'production' }),
  service: text('service'),
  githubToken: secret('github-token', { runnerDefault: 'github.token' }),
  // Never a platform's token: the next job may have another one, or none.
  ledgerKeys: secretLines('ledger-key', { env: ['BELAY_LEDGER_KEY'], min: 16 }),
};

export const workingDirectoryInput = {
  workingDirectory: path('working-directory', { default: '.' }),
};

const wholeCommit = {
  pattern: /^[0-9a-fA-F]{40}$/,
  legal: 'a whole commit: 40 hex digits, as `git rev-parse HEAD` prints them',
};

export const commitInput = {
  commit: matching('commit', wholeCommit),
};

export const checkInputs = {
  checks: block('checks'),
  checkVariables: pairs('check-variables', { names: 'of check files' }),
  checkSecrets: secretPairs('check-secrets'),
};

export const verdictInputs = {
  ledgerIds: lines('ledger-id'),
  release: matching(
    'release',
    {
      pattern: /^(sha|live|none|[0-9a-f]{7,64})$/,
      legal: 'sha, live, none, or a commit of 7 or more hex digits',
    },
    { default: 'sha' },
  ),
};

interface Judged {
  readonly ledgerIds: readonly string[];
  readonly release: string;
  readonly service: string | undefined;
}

export const verdictRules: readonly InputRule<Judged>[] = [
  {
    between: ['ledgerIds'],
    broken: ({ ledgerIds }) => {
      const wrong = ledgerIds.filter((id) => id !== 'live' && !/^\d+$/.test(id));
      return wrong.length === 0
        ? undefined
        : `\`ledger-id\` holds ${wrong.map((id) => JSON.stringify(id)).join(', ')}; each line is the id of a record, or live.`;
    },
  },
  {
    between: ['ledgerIds', 'release', 'service'],
    accuses: ['service'],
    broken: ({ ledgerIds, release, service }) =>
      service === undefined && (release === 'live' || ledgerIds.includes('live'))
        ? '`live` is what serves `environment` and `service`: set `service` as the deploy has it.'
        : undefined,
  },
];

export const timeoutInputs = {
  timeoutMs: timeLimit('timeout', { default: '20m' }),
  restoreTimeoutMs: timeLimit('restore-timeout', { default: '10m' }),
};

export const onFailureInputs = {
  onFailure: choice('on-failure', ['restore', 'none'], { default: 'restore' }),
  rollbackBarrier: flag('rollback-barrier', { default: 'false' }),
};

export const forceInputs = {
  force: gateNames('force', { gates, rules: rulesOfRuns }),
  overrideReason: text('override-reason'),
};

export const forceNeedsReason: InputRule<{
  force: readonly string[];
  overrideReason: string | undefined;
}> = {
  between: ['force', 'overrideReason'],
  accuses: ['overrideReason'],
  broken: ({ force, overrideReason }) =>
    force.length > 0 && overrideReason === undefined
      ? `\`force\` needs \`override-reason\`: one line saying why ${force.join(', ')} may be passed.`
      : undefined,
};

export const dryRunInput = {
  dryRun: flag('dry-run', { default: 'false' }),
};
