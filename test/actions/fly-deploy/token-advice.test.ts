import { beforeEach, expect, it } from 'vitest';
import { demo, fly, images } from '#local-cloud';
import { flyTokens } from '../../support/fly-tokens.ts';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

beforeEach(() => {
  const { world } = shop.stage.cloud.service(fly);
  const email = 'x@tokens.fly.io';
  for (const token of [flyTokens.organization, flyTokens.deploy, `${flyTokens.deploy.slice(0, 120)}!`]) {
    const [value = ''] = token.replace('FlyV1 ', '').split(',');
    world.addToken({ value, kind: 'org', email });
  }
});

const advice =
  '`fly-token` may change every app of its organization and is valid for 20 years, and this run needs the app shop alone. ' +
  'Store what `fly tokens create deploy --app shop --expiry 2160h` prints in its place.';
const forText = (markdown: string) => markdown.replaceAll('\\', '');

/** A dozen characters of it are as good as the whole to who looks for them. */
function expectNothingOf(token: string, result: Awaited<ReturnType<typeof shop.deploy>>): void {
  const said = JSON.stringify([logOf(result), result.job.summary, result.main.outputs, annotations(result)]);
  const parts = token.replace('FlyV1 ', '').split(',');
  const pieces = parts.flatMap((part) => [part.slice(4, 30), part.slice(-30), part.slice(60, 90)]);
  expect(pieces.filter((piece) => piece !== '' && said.includes(piece))).toEqual([]);
}

it('a token of the organization for one app is told of in one line, and the deploy goes on', async () => {
  const result = await shop.deploy({
    image: images.v3,
    checks: shopChecks,
    'fly-token': flyTokens.organization,
  });
  expect(ended(result)).toBe('live/verified, serving new');
  expect(annotations(result)).toEqual([`notice: ${advice}`]);
  expect(forText(result.job.summary)).toContain(`**Token:** ${advice}`);
  expectNothingOf(flyTokens.organization, result);
});

it('a failed deploy is told of as ever, and the token besides', async () => {
  const result = await shop.deploy({
    image: images.v2Error,
    checks: shopChecks,
    'fly-token': flyTokens.organization,
  });
  expect(ended(result)).toBe('restored/checks-failed, serving old');
  expect(annotations(result)[0]).toBe(`notice: ${advice}`);
});

it('where the image is another app’s, the organization’s token is what is needed', async () => {
  const inputs = { 'fly-app': 'shop-staging', image: images.v3, 'fly-token': flyTokens.organization };
  shop.stage.cloud.service(fly).createApp({ name: 'shop-staging', image: images.v1, machines: 1 });
  const result = await shop.deploy({ ...inputs, checks: shopChecks });
  expect(annotations(result)).toEqual([
    'notice: `fly-token` is valid for 20 years. ' +
      'Store what `fly tokens create org --org <organization> --expiry 2160h` prints in its place.',
  ]);
});

it('a deploy token for three months is not told of', async () => {
  const result = await shop.deploy({ image: images.v3, checks: shopChecks, 'fly-token': flyTokens.deploy });
  expect(annotations(result)).toEqual([]);
  expect(result.job.summary).not.toContain('Token:');
});

it('a rehearsal tells its kind', async () => {
  const result = await shop.deploy({ image: images.v3, 'dry-run': 'true', 'fly-token': flyTokens.deploy });
  expect(ended(result)).toBe('rehearsed/dry-run, serving old');
  const told = '`fly-token` is bound to its app and is valid for 90 days in all.';
  expect(logOf(result)).toContain(told);
  expect(forText(result.job.summary)).toContain(`**Token:** ${told}`);
  expectNothingOf(flyTokens.deploy, result);
});

it('a rehearsed rollback tells it too', async () => {
  const result = await shop.rollback({ 'dry-run': 'true', 'fly-token': flyTokens.organization });
  expect(logOf(result)).toContain(
    '`fly-token` may change every app of its organization and is valid for 20 years in all.',
  );
  expect(annotations(result)).toContain(`notice: ${advice}`);
});

it.each([
  ['of which nothing is known', demo.fly.token],
  ['that is cut off in the middle', `${flyTokens.deploy.slice(0, 120)}!`],
])('nothing is said of a token %s', async (_, token) => {
  const result = await shop.deploy({ image: images.v3, 'dry-run': 'true', 'fly-token': token });
  expect(ended(result)).toBe('rehearsed/dry-run, serving old');
  expect([annotations(result), result.job.summary.includes('Token:')]).toEqual([[], false]);
});
