import { describe, expect, it } from 'vitest';
import type { ActionFailure } from '#core';
import { inputs } from '../../../actions/railway-up/src/inputs.ts';

type Named = Readonly<Record<string, string>>;

function failureOf(given: Named, env: Named = {}): Pick<ActionFailure, 'what' | 'details'> | undefined {
  try {
    inputs.read({ input: (name) => given[name] ?? '', env, mask: () => {} });
    return undefined;
  } catch (error) {
    return error as ActionFailure;
  }
}

const good = { 'railway-token': 'token' };

describe('the inputs of an upload', () => {
  it.each<[string, Named, Named]>([
    ['a token and nothing else', good, {}],
    ['a token of the job', {}, { RAILWAY_API_TOKEN: 'token' }],
    ['two tokens of the job that are the same', {}, { RAILWAY_TOKEN: 'one', RAILWAY_API_TOKEN: 'one' }],
    ['two tokens of the job, where the step names one', good, { RAILWAY_TOKEN: 'a', RAILWAY_API_TOKEN: 'b' }],
    [
      'an image by its digest',
      { ...good, mode: 'image', image: `ghcr.io/acme/shop@sha256:${'a'.repeat(64)}` },
      {},
    ],
    ['an image by tag and digest', { ...good, mode: 'image', image: `shop:1@sha256:${'a'.repeat(64)}` }, {}],
    [
      'the folder that is the default, in a mode that uploads none',
      { ...good, mode: 'watch', directory: '.' },
      {},
    ],
    ['a window as long as nearly all of the time', { ...good, stabilize: '5m', timeout: '301s' }, {}],
  ])('may be %s', (_, given, env) => {
    expect(failureOf(given, env)).toBeUndefined();
  });

  it.each<[string, Named, Named, string]>([
    ['no token', {}, {}, '`railway-token` is empty, and RAILWAY_TOKEN is not set.'],
    [
      'two tokens of the job that may mean different projects',
      {},
      { RAILWAY_TOKEN: 'one', RAILWAY_API_TOKEN: 'other' },
      'RAILWAY_TOKEN and RAILWAY_API_TOKEN are both set, to different tokens, and `railway-token` is not.',
    ],
    [
      'a window that no deployment could ever fill',
      { ...good, stabilize: '5m', timeout: '5m' },
      {},
      '`stabilize` is a part of `timeout` and has to be shorter: no deployment could ever be believed.',
    ],
    [
      'a window without a unit',
      { ...good, stabilize: '30' },
      {},
      '`stabilize` is "30", which has no unit. Write 30s, 30m or 30h.',
    ],
    [
      'a mode that deploys an image, and none',
      { ...good, mode: 'image' },
      {},
      '`image` is empty, and `mode: image` deploys it.',
    ],
    [
      'an image in a mode that deploys none',
      { ...good, image: `ghcr.io/acme/shop@sha256:${'a'.repeat(64)}` },
      {},
      '`image` has no meaning with `mode: upload`: `mode: image` deploys it.',
    ],
    [
      'an image by a tag, which may move',
      { ...good, mode: 'image', image: 'ghcr.io/acme/shop:1' },
      {},
      '`image` is "ghcr.io/acme/shop:1"; it must be an image with its digest, `ghcr.io/acme/shop@sha256:…`: a tag may move; docker/build-push-action has it as its output `digest`.',
    ],
    [
      'what is uploaded in a mode that uploads nothing',
      { ...good, mode: 'redeploy', include: 'dist/**' },
      {},
      '`include` has no meaning with `mode: redeploy`: nothing is uploaded.',
    ],
    ...(['watch', 'redeploy', 'deploy-commit'] as const).map((mode): [string, Named, Named, string] => [
      `a folder with \`mode: ${mode}\`, which uploads none`,
      { ...good, mode, directory: 'services/api' },
      {},
      `\`directory\` has no meaning with \`mode: ${mode}\`: nothing is uploaded.`,
    ]),
    [
      'a folder with `mode: image`, which uploads none',
      { ...good, mode: 'image', image: `shop@sha256:${'a'.repeat(64)}`, directory: 'services/api' },
      {},
      '`directory` has no meaning with `mode: image`: nothing is uploaded.',
    ],
  ])('may not be %s', (_, given, env, what) => {
    expect(failureOf(given, env)?.what).toBe(what);
  });

  it('are all told of at once', () => {
    const wrong = { stabilize: '30', 'dry-run': 'yes', force: 'older-than-live' };
    expect(failureOf(wrong)?.what).toBe(
      '4 inputs cannot be used: `stabilize`, `dry-run`, `override-reason`, `railway-token`.',
    );
  });
});
