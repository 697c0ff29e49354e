import type { InputRule } from '#core';
import {
  checkInputs,
  defineInputs,
  duration,
  flag,
  judgementInputs,
  judgementRules,
  ledgerInputs,
  lines,
  secret,
  shaped,
  workingDirectoryInput,
} from '#core';

interface Subject {
  readonly checks: string | undefined;
  readonly url: string | undefined;
  readonly checkVariables: Readonly<Record<string, string>>;
}

const somethingToCheck: InputRule<Subject> = {
  between: ['checks', 'url'],
  broken: ({ checks, url }) =>
    checks === undefined && url === undefined
      ? '`url` or `checks` is required: an address to check, or the checks.'
      : undefined,
};

const oneUrl: InputRule<Subject> = {
  between: ['url', 'checkVariables'],
  broken: ({ url, checkVariables }) =>
    url !== undefined && checkVariables.url !== undefined && checkVariables.url !== url
      ? '`url` and the `url` of `check-variables` differ: give one of them.'
      : undefined,
};

export const inputs = defineInputs(
  {
    url: shaped('url', {
      pattern: /^https?:\/\/[^\s/]\S*$/,
      legal: 'an address such as https://shop.example',
    }),
    ...checkInputs,
    tags: lines('tags'),
    only: lines('only'),
    protectionBypass: secret('protection-bypass', { env: ['VERCEL_AUTOMATION_BYPASS_SECRET'] }),
    validateOnly: flag('validate-only', { default: 'false' }),
    ...ledgerInputs,
    ...judgementInputs,
    ...workingDirectoryInput,
    timeoutMs: duration('timeout', { default: '10m', min: 1_000 }),
  },
  [somethingToCheck, oneUrl, ...judgementRules],
);
