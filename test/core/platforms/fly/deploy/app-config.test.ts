import { expect, it } from 'vitest';
import { imageRefOf } from '#core/fly';

const source = { buildArgs: [], waitTimeoutMs: 1_000, extra: [] };
const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['that flyctl built', undefined, 'registry.fly.io/shop'],
  ['by digest', `registry.fly.io/shop-staging@sha256:${'b'.repeat(64)}`, 'registry.fly.io/shop-staging'],
  ['by tag', 'ghcr.io/acme/shop:v1', 'ghcr.io/acme/shop'],
  ['by tag and digest', `ghcr.io/acme/shop:v1@sha256:${'b'.repeat(64)}`, 'ghcr.io/acme/shop'],
  ['of a registry with a port', 'registry.test:5000/shop', 'registry.test:5000/shop'],
])('an image %s is named by its repository and digest', (_, image, repository) => {
  const given = image === undefined ? source : { ...source, image };
  expect(imageRefOf('shop', given, digest)).toBe(`${repository}@${digest}`);
});
