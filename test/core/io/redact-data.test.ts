import { describe, expect, it } from 'vitest';
import { redactData } from '../../../packages/core/src/io/redact-data.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';

const redacted = (text: string, ...secrets: string[]) => {
  const redactor = new Redactor(secrets);
  return redactData(text, (one) => redactor.redact(one));
};

describe('data that programs read', () => {
  it('is JSON still, whatever the secret', () => {
    const value = { ok: true, list: ['a', 'b', 'c'], note: 'it said: x/secret', path: 'hush\\' };
    expect(JSON.parse(redacted(JSON.stringify(value), 'true', 'b,c', '/secret', '"note":'))).toEqual({
      ...value,
      note: 'it said: x***',
    });
    expect(redacted('{"said":"no: x\\/secret"}', '/secret')).toBe('{"said":"no: x***"}');
  });

  it('keeps a name or an address that someone has stored as a secret as well', () => {
    const stored = ['shop', 'shop.fly.dev', 'production', 'https://shop.fly.dev'];
    for (const text of ['fly:shop', 'https://shop.fly.dev', 'production', 'registry.fly.io/shop@sha256:0a1b'])
      expect(redacted(text, ...stored)).toBe(text);
    const results = JSON.stringify([{ target: 'fly:shop', note: 'shop is live' }]);
    expect(redacted(results, ...stored)).toBe('[{"target":"fly:shop","note":"*** is live"}]');
  });

  it('keeps a digest, a commit or an id in which a short secret happens to stand', () => {
    const digest = `sha256:54fd5${'0a1b2c3'.repeat(8)}abc`;
    for (const text of [digest, `registry.fly.io/shop@${digest}`, '1900000002', `c0ffee${'1d'.repeat(17)}`])
      expect(redacted(text, '54fd5', '190000', 'c0ffee')).toBe(text);
    expect(redacted('1900000002', '90000000')).toBe('1***2');
    expect(redacted(digest, digest.slice(7))).toBe('sha256:***');
  });

  it.each([
    'fm2_lJPECAAAAAAA',
    'xoxb-17-aB9cQ',
    '550e8400-e29b-41d4-a716-446655440000',
    '9f8e7d6c5b4a3f2e1d0c',
  ])('hides a token in the place of a name: %s', (token) => {
    for (const text of [token, `https://shop.example/${token}`, `https://shop.example/?t=${token}`])
      expect(redacted(text, token)).toBe(text.replace(token, '***'));
  });
});
