import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { entryBytesOf } from '../../../scripts/entry-bytes.ts';
import { root } from '../../../scripts/root.ts';
import type { Figure } from '../figure.ts';

const entryAtMost = 550;
/** With the three actions there are. */
const distAtMost = 4_200;
const folderAtMost = 1_800;

/** What a runner downloads and reads of each action, in thousands of bytes. */
export function measureSizes(): readonly Figure[] {
  const entries = globSync('dist/*/index.js', { cwd: root }).sort();
  const all = globSync('dist/*/*', { cwd: root });
  const whole: Figure = {
    name: 'dist',
    unit: 'kB',
    exact: true,
    atMost: distAtMost,
    values: [all.map(kilobytes).reduce((sum, size) => sum + size, 0)],
    how: `${all.length} files, which a runner downloads for any action`,
  };
  const each = entries.flatMap((entry): readonly Figure[] => {
    const folder = dirname(entry);
    const files = globSync(`${folder}/*`, { cwd: root });
    const exactly = { unit: 'kB', exact: true } as const;
    const name = basename(folder);
    return [
      {
        ...exactly,
        name: `${name}: entry`,
        values: [
          entryBytesOf(new Map(files.map((file) => [basename(file), readFileSync(join(root, file))]))) /
            1_000,
        ],
        atMost: entryAtMost,
        how: `${entry}, and what it loads at once`,
      },
      {
        ...exactly,
        name: `${name}: folder`,
        values: [files.map(kilobytes).reduce((sum, size) => sum + size, 0)],
        atMost: folderAtMost,
        how: `${files.length} files in ${folder}`,
      },
    ];
  });
  return [...each, whole];
}

function kilobytes(file: string): number {
  return statSync(join(root, file)).size / 1_000;
}
