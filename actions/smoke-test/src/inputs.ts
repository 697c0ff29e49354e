import type { InputRule } from '#core';
import {
  address,
  checkInputs,
  commitInput,
  defineInputs,
  duration,
  flag,
  flyInputs,
  judgementInputs,
  judgementRules,
  ledgerInputs,
  lines,
  secret,
  workingDirectoryInput,
} from '#core';

const { flyToken, flyApp } = flyInputs;

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

interface Fly {
  readonly flyApp: string | undefined;
  readonly flyToken: string | undefined;
}

const tokenForApp: InputRule<Fly> = {
  between: ['flyApp', 'flyToken'],
  accuses: ['flyToken'],
  broken: ({ flyApp: app, flyToken: token }) =>
    app !== undefined && token === undefined
      ? '`fly-app` needs `fly-token`, and it was not given, nor is FLY_API_TOKEN set.'
      : undefined,
};

export const inputs = defineInputs(
  {
    url: address('url'),
    ...checkInputs,
    tags: lines('tags'),
    only: lines('only'),
    protectionBypass: secret('protection-bypass', { env: ['VERCEL_AUTOMATION_BYPASS_SECRET'] }),
    validateOnly: flag('validate-only', { default: 'false' }),
    ...ledgerInputs,
    ...judgementInputs,
    ...commitInput,
    ...workingDirectoryInput,
    flyToken,
    flyApp,
    timeoutMs: duration('timeout', { default: '10m', min: 1_000 }),
  },
  [somethingToCheck, oneUrl, tokenForApp, ...judgementRules],
);
