import { beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, type FaultRule, images } from '#local-cloud';
import type { RunOptions } from '../../../scripts/stage.ts';
import { reviewStage } from '../../support/review-stage.ts';
import { ended, shopChecks } from '../../support/shop-stage.ts';
import { echo, logged, planted, shortEcho } from './planted.ts';
import { makeFlyctlTell } from './telling-flyctl.ts';
import { found, written } from './written.ts';

const review = reviewStage();
const { shop } = review;
beforeAll(() => makeFlyctlTell(shop.stage));

const env = planted;
const options: RunOptions = { env };
const ledger = { 'ledger-key': planted.LEDGER_KEY };
const patient = { timeout: '60s' };
const checked = {
  ...patient,
  checks: `secrets: [CHECK_KEY, JSON_LINES]\nchecks:\n${shopChecks}\n- name: key\n  http: { url: "/version.json?key=\${CHECK_KEY}", headers: { x-key: "\${CHECK_KEY}" } }\n  expect: { status: 200 }\n`,
  'check-secrets': Object.keys(planted).join('\n'),
};
const stored = { secrets: `ODD=${planted.ODD}\nPEM\nJSON_LINES\nJSON_LINE\nCHECK_KEY` };
const everything = { ...ledger, ...checked, ...stored, image: images.v3 };

const strikes = (rule: FaultRule) => shop.stage.cloud.faults.add(rule);
const says = (status: number) => ({ kind: 'status', status, body: { error: `no: ${shortEcho()}` } }) as const;
const refuses = () =>
  ({ kind: 'status', status: 200, body: { errors: [{ message: `no: ${shortEcho()}` }] } }) as const;
const answers = () =>
  ({ kind: 'status', status: 500, headers: { 'x-key': planted.CHECK_KEY }, body: echo() }) as const;

type Played = Awaited<ReturnType<typeof shop.deploy>>;
/** Nothing of a secret is anywhere, and something was masked: a run that was told nothing would prove nothing. */
async function expectSealed(result: Played): Promise<void> {
  const places = await written(shop.stage, result);
  expect(found(places)).toEqual([]);
  expect([...places.values()].join('\n')).toContain('***');
  const unstruck = shop.stage.cloud.faults.list().filter(({ strikes }) => strikes === 0);
  expect(unstruck.map(({ rule }) => rule.route)).toEqual([]);
}

describe('secrets given to a deploy are nowhere in what it writes', { timeout: 150_000 }, () => {
  it('when flyctl prints them all', async () => {
    const result = await shop.deploy(everything, options);
    expect(ended(result)).toBe('live/verified, serving new');
    await expectSealed(result);
  });

  it('when the app answers with them', async () => {
    strikes({ route: 'app', ...answers(), after: { route: 'flaps.machines.update', nth: 2 } });
    const result = await shop.deploy(everything, options);
    expect(result.main.outcome).toBe('failure');
    await expectSealed(result);
  });

  it.each<[string, () => FaultRule]>([
    ['Fly’s GraphQL API', () => ({ route: 'graphql.app', ...refuses() })],
    ['Fly’s GraphQL API, later', () => ({ route: 'graphql.app*', nth: 4, ...refuses() })],
    [
      'the machines’ list',
      () => ({
        route: 'flaps.machines.list',
        ...says(500),
        after: { route: 'uiex.releases.create', nth: 1 },
      }),
    ],
    ['a machine’s update', () => ({ route: 'flaps.machines.update', ...says(422) })],
    ['the making of the release', () => ({ route: 'uiex.releases.create', ...says(422) })],
    ['the secrets', () => ({ route: 'flaps.secrets.*', ...says(400) })],
    ['every record', () => ({ service: 'github', route: 'deployment*', ...says(403) })],
    ['every status', () => ({ service: 'github', route: 'deployment-statuses.create', ...says(422) })],
    ['GitHub’s GraphQL API', () => ({ service: 'github', route: 'graphql.*', ...refuses() })],
  ])('when an error repeats them: %s', async (_, rule) => {
    strikes(rule());
    await expectSealed(await shop.deploy(everything, options));
  });

  it('when the new release logs them and dies', async () => {
    const image = 'registry.fly.io/shop:telling';
    const telling = {
      VERSION: 'v3',
      COMMIT: commits.v3,
      SHOP_SAYS: logged,
      SHOP_CRASH_AT_START: 'true',
      SHOP_EXIT_CODE: '3',
    };
    shop.stage.cloud.images.put(image, { app: 'shop', env: telling, labels: {} });
    const result = await shop.deploy({ ...everything, image }, options);
    expect(result.main.outcome).toBe('failure');
    await expectSealed(result);
  });
});

describe('nor in what the other actions write', { timeout: 150_000 }, () => {
  it('a rollback, its reason included', async () => {
    await shop.deploy({ ...everything, image: images.v3 }, options);
    const reason = `It printed ${planted.ODD} and ${planted.CHECK_KEY}`;
    const result = await shop.rollback({ ...ledger, ...checked, to: 'previous', reason }, options);
    expect(ended(result)).toBe('restored/verified, serving old');
    await expectSealed(result);
  });

  it('a rollback whose platform repeats them', async () => {
    await shop.deploy({ ...everything, image: images.v3 }, options);
    strikes({ route: 'flaps.machines.update', ...says(500) });
    strikes({ route: 'app', ...answers() });
    const result = await shop.rollback({ ...ledger, ...checked, to: 'previous' }, options);
    expect(result.main.outcome).toBe('failure');
    await expectSealed(result);
  });

  it('a smoke test, of an address with a key in it', async () => {
    strikes({ route: 'app', ...answers() });
    const url = `https://${demo.fly.host}/?page=2&Api-Key=${planted.QUERY}`;
    const inputs = {
      'protection-bypass': planted.BYPASS,
      'check-secrets': Object.keys(planted).join('\n'),
      // What the app repeats of it is masked where the step knows it.
      'fly-token': demo.fly.token,
      'fly-app': demo.fly.app,
      url,
      timeout: '5s',
    };
    const result = await shop.stage.run('smoke-test', inputs, options);
    expect(result.main.outputs.outcome).toBe('fail');
    await expectSealed(result);
  });

  it('a review app and its comment', async () => {
    const opened = await review.on('opened', { ...checked, ...stored }, options);
    expect(ended(opened)).toBe('live/verified, serving new');
    await expectSealed(opened);
    strikes({ route: 'app', ...answers() });
    strikes({ service: 'github', route: 'deployment-statuses.create', ...says(422) });
    const failed = await review.on('synchronize', { ...checked, ...stored, image: images.v3 }, options);
    expect(failed.main.outcome).toBe('failure');
    await expectSealed(failed);
    expect(await review.comments()).toHaveLength(1);
  });
});
