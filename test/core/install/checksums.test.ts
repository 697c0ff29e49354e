import { expect, it } from 'vitest';
import { parseChecksums } from '../../../packages/core/src/install/checksums.ts';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

it.each([
  ['a line a file', `${a}  one.tar.gz\n${b}  two.zip\n`, { 'one.tar.gz': a, 'two.zip': b }],
  ['Windows line ends', `${a}  one.tar.gz\r\n`, { 'one.tar.gz': a }],
  ['binary mode', `${a} *one.tar.gz`, { 'one.tar.gz': a }],
  ['capitals', `${a.toUpperCase()}  one.tar.gz`, { 'one.tar.gz': a }],
  ['other lines', `# sums\n${'c'.repeat(40)}  sha1.zip\n\n${a}  one.zip\n${a}\n`, { 'one.zip': a }],
  ['a page instead of a file', '<!doctype html><title>Not found</title>', {}],
])('reads %s', (_, text, sums) => {
  expect(Object.fromEntries(parseChecksums(text))).toEqual(sums);
});
