import { describe, expect, it } from 'vitest';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';

describe('a Fly token', () => {
  it.each([
    ['macaroons with their scheme', 'FlyV1 fm2_a,fm2_b', 'FlyV1 fm2_a,fm2_b', 'FlyV1 fm2_a,fm2_b'],
    ['macaroons without', 'fm2_a,fm2_b', 'FlyV1 fm2_a,fm2_b', 'FlyV1 fm2_a,fm2_b'],
    ['a scheme pasted twice', 'FlyV1 flyv1 fm2_a', 'FlyV1 fm2_a', 'FlyV1 fm2_a'],
    ['an OAuth token', 'fo1_abc', 'fo1_abc', 'Bearer fo1_abc'],
    ['white space around it', ' Bearer fo1_abc\n', 'fo1_abc', 'Bearer fo1_abc'],
  ])('%s', (_name, raw, value, authorization) => {
    expect(parseFlyToken(raw)).toMatchObject({ value, authorization });
  });

  it('is masked whole, without its scheme, and in every part', () => {
    expect(parseFlyToken('FlyV1 fm2_a,fm2_b').parts).toEqual([
      'FlyV1 fm2_a,fm2_b',
      'fm2_a,fm2_b',
      'fm2_a',
      'fm2_b',
    ]);
  });

  it.each([
    ['GitHub', 'ghp_abcdef'],
    ['Railway', '0a1b2c3d-0000-4000-8000-0123456789ab'],
  ])('refuses a %s token by name, without showing it', (owner, raw) => {
    expect(() => parseFlyToken(raw)).toThrow(`\`fly-token\` holds a ${owner} token`);
  });
});
