import { expect, it } from 'vitest';
import { readStylesheet } from '../../../packages/core/src/checks/types/assets/read-stylesheet.ts';
import { srcsetUrls } from '../../../packages/core/src/checks/types/assets/srcset.ts';

// Each takes hours where the time grows with the square of the text.
it.each<[string, () => readonly unknown[]]>([
  ['a style sheet of addresses that never end', () => readStylesheet('url('.repeat(2_000_000))],
  ['a list of images with a million commas', () => srcsetUrls(`a${','.repeat(5_000_000)}b 1x`)],
])('%s is read at once', (_, read) => {
  expect(read().length).toBeLessThan(2);
});

it('commas at the end of an address are not part of it, those inside are', () => {
  expect(srcsetUrls('a.png,, b,c.png 2x, d.png')).toEqual(['a.png', 'b,c.png', 'd.png']);
});
