import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';

/** Everything that is or would be committed, but for built and recorded files. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((file) => !/^dist\/|\/recorded\/|\.(?:png|gz|tgz|zip|p12)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Where the pattern occurs, as `file:line`. */
function places(pattern: RegExp, among = files): string[] {
  return among.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

describe('the repository', () => {
  it('names no folder of the machine it was written on', () => {
    expect(places(/(?<![\w.$}\])/-])\/(?:work|root|tmp|Users|private\/tmp)\/\w/)).toEqual([]);
  });

  it('names no package registry or mirror: where packages come from is the reader’s npm configuration', () => {
    expect(places(/registry\.(?:npmjs|yarnpkg)\.|"resolved": "h[t]tp|_auth[T]oken|npm\.pkg\./)).toEqual([]);
  });

  it('locks every package by its integrity', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    const unlocked = Object.entries(packages).filter(
      ([path, { integrity, link }]) =>
        path.startsWith('node_modules/') && integrity === undefined && link !== true,
    );
    expect(unlocked.map(([path]) => path)).toEqual([]);
  });

  it('ends every text file with a line break, and no line with a carriage return', () => {
    const torn = files.filter(({ text }) => text !== '' && (!text.endsWith('\n') || text.includes('\r')));
    expect(torn.map(({ file }) => file)).toEqual([]);
  });
});
