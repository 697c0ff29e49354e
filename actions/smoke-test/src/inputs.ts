import { block, checkInputs, defineInputs, duration, ledgerInputs, workingDirectoryInput } from '#core';

const { environment, service } = ledgerInputs;

export const inputs = defineInputs({
  ...checkInputs,
  checks: block('checks', { required: true }),
  environment,
  service,
  ...workingDirectoryInput,
  timeoutMs: duration('timeout', { default: '10m', min: 1_000 }),
});
