import { describe, expect, it } from 'vitest';
import { CookieJar } from '../../../packages/core/src/checks/exchange/cookie-jar.ts';

const noon = Date.UTC(2026, 10, 21, 12);

/** What a jar sends to `to` after `from` set `cookies`, `laterMs` afterwards. */
function sent(
  cookies: string | string[],
  to: string,
  { from = 'https://shop.example/a/b', laterMs = 0 } = {},
) {
  let now = noon;
  const jar = new CookieJar(() => now);
  jar.store(new URL(from), [cookies].flat());
  now += laterMs;
  return jar.headerFor(new URL(to));
}

describe('a cookie', () => {
  it.each<[string, string, string, boolean]>([
    ['goes back to the host that set it', 'a=1', 'https://shop.example/a/c', true],
    ['without a domain goes to no host below', 'a=1', 'https://api.shop.example/a/c', false],
    [
      'with a domain goes to the hosts below',
      'a=1; Domain=.Shop.example',
      'https://api.shop.example/a/c',
      true,
    ],
    ['goes to no host that only ends alike', 'a=1; Domain=shop.example', 'https://myshop.example/a/c', false],
    ['for another host is refused', 'a=1; Domain=other.example', 'https://other.example/a/c', false],
    ['for a whole top-level domain is refused', 'a=1; Domain=example', 'https://shop.example/a/c', false],
    ['for all that a country registers is refused', 'a=1; Domain=co.uk', 'https://shop.co.uk/a/c', false],
    ['for all apps of a host is refused', 'a=1; Domain=fly.dev', 'https://shop.fly.dev/a/c', false],
    [
      'for all buckets of a cloud is refused',
      'a=1; Domain=s3.amazonaws.com',
      'https://b.s3.amazonaws.com/a/c',
      false,
    ],
    [
      'below such a name goes to the hosts below',
      'a=1; Domain=shop.co.uk',
      'https://api.shop.co.uk/a/c',
      true,
    ],
    ['of a short name in a country goes below it', 'a=1; Domain=ibm.de', 'https://www.ibm.de/a/c', true],
    ['longer than 4096 characters is refused', `a=1${'x'.repeat(4096)}`, 'https://shop.example/a/c', false],
    ['has the folder of its address for a path', 'a=1', 'https://shop.example/b', false],
    ['with a path goes to it', 'a=1; Path=/x', 'https://shop.example/x', true],
    ['with a path goes below it', 'a=1; Path=/x', 'https://shop.example/x/y', true],
    ['with a path goes to none that only begins alike', 'a=1; Path=/x', 'https://shop.example/xy', false],
    ['with a path that is none keeps the default', 'a=1; Path=x', 'https://shop.example/a/c', true],
    ['goes from https to http', 'a=1', 'http://shop.example/a/c', true],
    ['that is Secure does not', 'a=1; Secure', 'http://shop.example/a/c', false],
    ['that is Secure goes over https', 'a=1; secure; HttpOnly', 'https://shop.example/a/c', true],
    ['without a name is none', '=1', 'https://shop.example/a/c', false],
    ['without a value is none', 'a', 'https://shop.example/a/c', false],
  ])('%s', (_, cookie, to, isSent) => {
    const host = new URL(to).hostname;
    // What sets it: the shop itself, or a host that the suffix in question is above.
    const from = /\.(uk|dev|com|de)$/.test(host) ? to.replace('api.', 'www.') : undefined;
    expect(sent(cookie, to, from === undefined ? {} : { from })).toBe(isSent ? 'a=1' : undefined);
  });

  it('of an app whose host is a public suffix itself stays there', () => {
    const options = { from: 'https://fly.dev/a/b' };
    expect(sent('a=1; Domain=fly.dev', 'https://shop.fly.dev/a/c', options)).toBeUndefined();
    expect(sent('a=1; Domain=fly.dev', 'https://fly.dev/a/c', options)).toBe('a=1');
  });

  it('is one of 200 at most, and those that are there are still replaced', () => {
    const many = Array.from({ length: 250 }, (_, one) => `c${one}=1`);
    const kept = sent([...many, 'c0=2'], 'https://shop.example/a/c')?.split('; ') ?? [];
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, 'c0=2', 'c199=1']);
  });

  it.each<[string, string, number, boolean]>([
    ['lasts until its Max-Age', 'a=1; Max-Age=60', 59_999, true],
    ['ends with its Max-Age', 'a=1; Max-Age=60', 60_000, false],
    ['ends at its Expires', 'a=1; Expires=Sat, 21 Nov 2026 12:01:00 GMT', 60_000, false],
    ['reads the old form of a date', 'a=1; Expires=Sat, 21-Nov-26 12:01:00 GMT', 59_000, true],
    ['heeds Max-Age before Expires', 'a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 0, true],
    ['stays when its date is none', 'a=1; Expires=soon', 1e12, true],
  ])('%s', (_, cookie, laterMs, isSent) => {
    expect(sent(cookie, 'https://shop.example/a/c', { laterMs })).toBe(isSent ? 'a=1' : undefined);
  });

  it('is replaced by one of its name, and taken away by one that is over', () => {
    const to = 'https://shop.example/a/c';
    expect(sent(['a=1', 'b=2', 'a=3'], to)).toBe('a=3; b=2');
    expect(sent(['a=1', 'b=2', 'a=; Max-Age=0'], to)).toBe('b=2');
  });

  it('with the longer path comes first', () => {
    expect(sent(['a=1; Path=/', 'a=2; Path=/a'], 'https://shop.example/a/c')).toBe('a=2; a=1');
  });

  it('that is Secure is not taken over http', () => {
    const options = { from: 'http://shop.example/a/b' };
    expect(sent('a=1; Secure', 'https://shop.example/a/c', options)).toBeUndefined();
  });

  it.each(['http://127.0.0.1:8080/a/b', 'http://localhost/a/b', 'http://[::1]/a/b'])(
    'that is Secure counts on loopback as browsers have it: %s',
    (address) => {
      expect(sent('a=1; Secure', address, { from: address })).toBe('a=1');
    },
  );

  it('of an address goes to that address only', () => {
    const options = { from: 'http://127.0.0.1/a/b' };
    expect(sent('a=1; Domain=0.0.1', 'http://127.0.0.1/a/b', options)).toBeUndefined();
  });
});
