import type { InputRule } from './inputs.ts';
import { block, choice, duration, flag, path, text } from './kinds.ts';
import { pairs, secretPairs } from './lists.ts';
import { secret } from './secret.ts';

/** Inputs that mean the same in every action. An action spreads the groups it has into its own spec. */

export const ledgerInputs = {
  environment: text('environment', { default: 'production' }),
  service: text('service'),
  githubToken: secret('github-token', { runnerDefault: 'github.token' }),
};

export const workingDirectoryInput = {
  workingDirectory: path('working-directory', { default: '.' }),
};

export const checkInputs = {
  checks: block('checks'),
  checkVariables: pairs('check-variables', { names: 'of check files' }),
  checkSecrets: secretPairs('check-secrets'),
};

export const timeoutInputs = {
  timeoutMs: duration('timeout', { default: '20m', min: 1_000 }),
  restoreTimeoutMs: duration('restore-timeout', { default: '10m', min: 1_000 }),
};

export const onFailureInputs = {
  onFailure: choice('on-failure', ['restore', 'none'], { default: 'restore' }),
  rollbackBarrier: flag('rollback-barrier', { default: 'false' }),
};

export const forceInputs = {
  force: flag('force', { default: 'false' }),
  overrideReason: text('override-reason'),
};

export const forceNeedsReason: InputRule<{ force: boolean; overrideReason: string | undefined }> = {
  between: ['force', 'overrideReason'],
  accuses: ['overrideReason'],
  broken: ({ force, overrideReason }) =>
    force && overrideReason === undefined
      ? '`force: true` needs `override-reason`: one line saying why the gates may be passed.'
      : undefined,
};

export const dryRunInput = {
  dryRun: flag('dry-run', { default: 'false' }),
};
