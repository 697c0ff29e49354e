import { describe, expect, it } from 'vitest';
import { parsePattern } from '../../../packages/core/src/checks/judge/patterns.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { check, page } from './loopback.ts';

describe('a pattern between slashes', () => {
  it.each<[string, string, string]>([
    ['has the flag i', '/hello/i', '/hello/i'],
    ['has the flag i after text with slashes', '/text/html/i', '/text\\/html/i'],
    ['has the flag g out of habit', '/hello/gi', '/hello/gi'],
    ['has no flags', '/hello/', '/hello/'],
    ['has flags where it is plainly a pattern', '/^a.*b$/ms', '/^a.*b$/ms'],
    ['has flags after an escaped slash', '/^\\/a\\/b/u', '/^\\/a\\/b/u'],
    ['has flags after a slash in a class', '/[/]x/g', '/[/]x/g'],
    ['has classes of properties', '/\\p{L}+/u', '/\\p{L}+/u'],
    ['is none where it ends in no word', '/api/v2', '/\\/api\\/v2/'],
    ['is none where it ends in capitals', '/shop/US', '/\\/shop\\/US/'],
    ['is none where it is one slash', '/', '/\\//'],
  ])('%s', (_, text, expected) => {
    const pattern = parsePattern(text);
    expect(pattern.kind === 'pattern' && String(new RegExp(pattern.source, pattern.flags))).toBe(expected);
  });

  it.each([
    '/shop/us',
    '/shop/is',
    '/docs/v',
    '/a/b',
    '/api/users',
    '/v1.2/us',
    '/find?q=a+b/s',
    '/^a/b/s',
    '/shop/de',
  ])('%s is an error, never a pattern with flags by accident', (text) => {
    expect(parsePattern(text).kind).toBe('invalid');
  });

  it.each<[string, string]>([
    ['matches', '{ header: { location: { matches: /shop/us } } }'],
    ['not-matches', '{ header: { location: { not-matches: /shop/us } } }'],
    ['an element', '{ jsonpath: { $.a: { any: { matches: /shop/us } } } }'],
    ['a filter', '{ body: { regex: /shop/us, exists: true } }'],
    ['a replacement', '{ body: { replaceRegex: [/shop/us, ""], exists: true } }'],
  ])('is refused under %s with what to write', async (_, expected) => {
    const said = '("/shop/us" may be a path that ends in `us`. For text with slashes write \\/shop\\/us)';
    await expect(check(page('http://127.0.0.1/', expected))).rejects.toMatchObject({
      details: [expect.stringContaining(said)],
    });
  });

  it('says how flags stand inside', () => {
    expect(parsePattern('/shop/is')).toEqual({
      kind: 'invalid',
      why: '"/shop/is" may be a path that ends in `is`. For text with slashes write \\/shop\\/is, and for a pattern with flags (?is:shop)',
    });
    expect(/(?is:shop.x)/.test('SHOP\nx')).toBe(true);
  });

  it('is refused in a dialogue, and whole in a variable only when the run starts', async () => {
    const tcp = '- { name: mail, tcp: { host: 127.0.0.1, port: 25, expect: { matches: /shop/us } } }';
    await expect(loadChecks(tcp, { root: '.' })).rejects.toMatchObject({
      details: [expect.stringContaining('may be a path')],
    });
  });
});
