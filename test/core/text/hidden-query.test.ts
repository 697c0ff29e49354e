import { describe, expect, it } from 'vitest';
import { shownUrl } from '../../../packages/core/src/checks/exchange/exchange.ts';
import { hiddenValues } from '../../../packages/core/src/text/hidden-query.ts';

describe('a parameter of an address', () => {
  it.each([
    'api_key',
    'API-Key',
    'apikey',
    'token',
    'access_token',
    'Secret',
    'client-secret',
    'password',
    'X-Amz-Signature',
  ])('is hidden unasked where it is called %s', (name) => {
    const url = new URL(`https://shop.example/a?page=2&${name}=hush%2Fhush`);
    expect(shownUrl(url)).toBe(`https://shop.example/a?page=2&${name}=***`);
    expect(hiddenValues(url)).toEqual(['hush/hush']);
  });

  it.each(['key', 'page', 'tokens', 'pass', 'signed'])('is shown where it is called %s', (name) => {
    expect(shownUrl(new URL(`https://shop.example/?${name}=2`))).toBe(`https://shop.example/?${name}=2`);
  });

  it('is hidden where it is asked for, by its exact name', () => {
    const url = new URL('https://shop.example/?pin=1234&Pin=2345');
    expect(hiddenValues(url, ['pin'])).toEqual(['1234']);
  });
});
