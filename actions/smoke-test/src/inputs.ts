import { flyInputs } from '#core/fly/inputs';
import type { InputRule } from '#core/inputs';
import {
  address,
  checkInputs,
  commitInput,
  defineInputs,
  flag,
  ledgerInputs,
  lines,
  secret,
  secretPairs,
  timeLimit,
  verdictInputs,
  verdictRules,
  workingDirectoryInput,
} from '#core/inputs';

const { flyToken, flyApp } = flyInputs;

interface ToCheck {
  readonly checks: string | undefined;
  readonly url: string | undefined;
  readonly checkVariables: Readonly<Record<string, string>>;
}

const somethingToCheck: InputRule<ToCheck> = {
  between: ['checks', 'url'],
  broken: ({ checks, url }) =>
    checks === undefined && url === undefined
      ? '`url` or `checks` is required: an address to check, or the checks.'
      : undefined,
};

const oneUrl: InputRule<ToCheck> = {
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

const validateOnly = flag('validate-only', { default: 'false' });

export const inputs = defineInputs(
  {
    url: address('url'),
    ...checkInputs,
    checkSecrets: secretPairs('check-secrets', {
      // Whoever proposes a change need not know it, and gets an empty one from GitHub.
      needsNone: (source) => {
        const read = validateOnly.read(source);
        return read.kind === 'value' && read.value;
      },
    }),
    tags: lines('tags'),
    only: lines('only'),
    protectionBypass: secret('protection-bypass', { env: ['VERCEL_AUTOMATION_BYPASS_SECRET'] }),
    validateOnly,
    ...ledgerInputs,
    ...verdictInputs,
    ...commitInput,
    ...workingDirectoryInput,
    flyToken,
    flyApp,
    timeoutMs: timeLimit('timeout', { default: '10m' }),
  },
  [somethingToCheck, oneUrl, tokenForApp, ...verdictRules],
);
