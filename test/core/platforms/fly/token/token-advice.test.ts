import { describe, expect, it } from 'vitest';
import {
  describeFlyToken,
  type FlyTokenNeed,
  flyTokenAdvice,
} from '../../../../../packages/core/src/platforms/fly/token/token-advice.ts';
import type { FlyTokenKind } from '../../../../../packages/core/src/platforms/fly/token/token-kind.ts';

const days = (count: number) => count * 86_400_000;
const oneApp: FlyTokenNeed = { app: 'shop' };
const forApp = 'Store what `fly tokens create deploy --app shop --expiry 2160h` prints in its place.';
const forAcme = 'Store what `fly tokens create org --org acme --expiry 2160h` prints in its place.';

describe('advice on a token', () => {
  it.each<readonly [string, FlyTokenKind, FlyTokenNeed, string | undefined]>([
    ['none on one bound to the app, for a while', { reach: 'app', lifeMs: days(90) }, oneApp, undefined],
    ['none on one for a year', { reach: 'app', lifeMs: days(366) }, oneApp, undefined],
    ['none on one of which nothing is known', {}, oneApp, undefined],
    ['none on one that only reads', { reach: 'reads' }, oneApp, undefined],
    [
      'none on an organization’s where one is needed',
      { reach: 'organization' },
      { organization: 'acme' },
      undefined,
    ],
    [
      'for years',
      { reach: 'app', lifeMs: days(7300) },
      oneApp,
      `\`fly-token\` is valid for 20 years. ${forApp}`,
    ],
    [
      'for years, whatever it reaches',
      { lifeMs: days(800) },
      oneApp,
      `\`fly-token\` is valid for 2 years. ${forApp}`,
    ],
    ['for more than a year', { lifeMs: days(500) }, oneApp, `\`fly-token\` is valid for 500 days. ${forApp}`],
    [
      'an organization’s',
      { reach: 'organization' },
      oneApp,
      `\`fly-token\` may change every app of its organization, and this run needs the app shop alone. ${forApp}`,
    ],
    [
      'an organization’s for years',
      { reach: 'organization', lifeMs: days(7300) },
      oneApp,
      `\`fly-token\` may change every app of its organization and is valid for 20 years, and this run needs the app shop alone. ${forApp}`,
    ],
    [
      'an organization’s for years where one is needed',
      { reach: 'organization', lifeMs: days(7300) },
      { organization: 'acme' },
      `\`fly-token\` is valid for 20 years. ${forAcme}`,
    ],
    [
      'a personal one',
      { reach: 'account' },
      oneApp,
      `\`fly-token\` may do whatever its owner may, and this run needs the app shop alone. ${forApp}`,
    ],
    [
      'a personal one where an organization’s is needed',
      { reach: 'account' },
      { organization: 'acme' },
      `\`fly-token\` may do whatever its owner may, and this run needs the organization acme alone. ${forAcme}`,
    ],
    [
      'a personal one where that of some organization is',
      { reach: 'account' },
      { app: 'shop', organization: '' },
      '`fly-token` may do whatever its owner may, and this run needs one organization alone. Store what `fly tokens create org --org <organization> --expiry 2160h` prints in its place.',
    ],
  ])('%s', (_, kind, need, advice) => {
    expect(flyTokenAdvice(kind, need)).toBe(advice);
  });
});

describe('what a rehearsal tells of a token', () => {
  it.each<readonly [string, FlyTokenKind, string | undefined]>([
    ['nothing of one that is not known', {}, undefined],
    ['how far it reaches', { reach: 'app' }, '`fly-token` is bound to its app.'],
    ['how long it lives', { lifeMs: days(90) }, '`fly-token` is valid for 90 days in all.'],
    ['hours, too', { lifeMs: 3_600_000 }, '`fly-token` is valid for 1 hour in all.'],
    [
      'both',
      { reach: 'reads', lifeMs: days(7300) },
      '`fly-token` may only read and is valid for 20 years in all.',
    ],
  ])('%s', (_, kind, told) => {
    expect(describeFlyToken(kind)).toBe(told);
  });
});
