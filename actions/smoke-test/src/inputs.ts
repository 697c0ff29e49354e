import {
  block,
  checkInputs,
  defineInputs,
  duration,
  flyInputs,
  ledgerInputs,
  workingDirectoryInput,
} from '#core';

const { environment, service } = ledgerInputs;
const { flyToken, flyApp } = flyInputs;

export const inputs = defineInputs(
  {
    ...checkInputs,
    checks: block('checks', { required: true }),
    environment,
    service,
    ...workingDirectoryInput,
    flyToken,
    flyApp,
    timeoutMs: duration('timeout', { default: '10m', min: 1_000 }),
  },
  [
    {
      between: ['flyApp', 'flyToken'],
      accuses: ['flyToken'],
      broken: ({ flyApp: app, flyToken: token }) =>
        app !== undefined && token === undefined
          ? '`fly-app` needs `fly-token`, and it was not given, nor is FLY_API_TOKEN set.'
          : undefined,
    },
  ],
);
