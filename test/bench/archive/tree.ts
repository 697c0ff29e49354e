import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const files = 10_000;
export const megabytes = 200;

const folders = 400;
const meanBytes = (megabytes * 1_000_000) / files;
const words =
  'const return await import export function from value error result the of and to a in is that for it with as'.split(
    ' ',
  );

/** Puts files of 10 to 30 kB into a folder: every other one is of words, the others cannot be compressed. */
export function plantTree(root: string): void {
  const text = Array.from(
    { length: meanBytes },
    (_, index) => words[(index * 7919 + (index >> 3)) % words.length],
  );
  const written = text.join(' ');
  for (let index = 0; index < files; index += 1) {
    const folder = join(root, `packages/p${index % folders}/src`);
    if (index < folders) mkdirSync(folder, { recursive: true });
    const bytes = meanBytes * 0.5 + (meanBytes * (index % 101)) / 100;
    const from = (index * 31) % (written.length - 2 * meanBytes);
    const content = index % 2 === 0 ? written.slice(from, from + bytes) : randomBytes(bytes);
    writeFileSync(join(folder, `f${index}.${index % 2 === 0 ? 'js' : 'png'}`), content);
  }
}
