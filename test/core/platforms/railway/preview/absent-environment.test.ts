import { expect, it } from 'vitest';
import { absentEnvironment } from '../../../../../packages/core/src/platforms/railway/preview/absent-environment.ts';

const all = { prDeploys: true, botPrEnvironments: true, focusedPrEnvironments: false };
const seen = {
  pull: { repository: 'acme/shop', number: 7 },
  project: 'site',
  service: 'web',
  environment: undefined,
  settings: all,
  isBots: false,
  waitedS: 180,
};
const there = { environment: { name: 'shop-pr-7' } };
const none = 'Railway has made no environment for pull request 7 in the project site';

it.each([
  ['PR environments are off', { settings: { ...all, prDeploys: false } }, 'environment-not-made', none],
  [
    'and that counts before whose it is',
    { settings: { ...all, prDeploys: false, botPrEnvironments: false }, isBots: true },
    'environment-not-made',
    none,
  ],
  [
    'a bot opened it',
    { settings: { ...all, botPrEnvironments: false }, isBots: true },
    'environment-not-made',
    none,
  ],
  [
    'a person opened it, whatever is said of bots',
    { settings: { ...all, botPrEnvironments: false } },
    'environment-not-made',
    `${none} within 180 s`,
  ],
  ['the settings cannot be read', { settings: undefined }, 'environment-not-made', `${none} within 180 s`],
  [
    'the service is left out on purpose',
    { ...there, settings: { ...all, focusedPrEnvironments: true } },
    'service-left-out',
    'The environment shop-pr-7 has no service web',
  ],
  [
    'the service is not there',
    there,
    'service-left-out',
    'The environment shop-pr-7 has had no service web for 180 s',
  ],
] as const)('nothing to follow: %s', (_, facts, code, what) => {
  const failure = absentEnvironment({ ...seen, ...facts });
  expect([failure.code, failure.what]).toEqual([code, what]);
});

it('advises what to switch on', () => {
  const next = (facts: object) => absentEnvironment({ ...seen, ...facts }).next.split(',')[0];
  expect([
    next({ settings: { ...all, prDeploys: false } }),
    next({ settings: { ...all, botPrEnvironments: false }, isBots: true }),
    next({ ...there, settings: { ...all, focusedPrEnvironments: true } }),
    next({}),
  ]).toEqual([
    'Switch on PR environments in the project’s settings',
    'Switch on bot PR environments in the project’s settings',
    'Switch off focused PR environments in the project’s settings',
    'Look for the pull request among the project’s environments',
  ]);
});
