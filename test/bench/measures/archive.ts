import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientLevel } from '../../../packages/core/src/platforms/railway/archive/archive.ts';
import { files, megabytes, plantTree } from '../archive/tree.ts';
import type { Figure } from '../figure.ts';
import { weighed } from '../many-checks/weighed-process.ts';

const rounds = 3;
const tree = `${files.toLocaleString('en')} files / ${megabytes} MB, every other one of random bytes`;

/** What is uploaded to Railway, listed and packed, beside the tools everybody has. */
export async function measureArchive(): Promise<readonly Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'belay-bench-'));
  try {
    plantTree(root);
    // Theirs before, between and after ours, so that what drifts on this machine falls on both.
    const theirs = [await tarAndGzip(root)];
    const ours = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await packed(root));
      theirs.push(await tarAndGzip(root));
    }
    const ratio = ({ ms }: { readonly ms: number }, at: number) =>
      ms / (((theirs[at]?.ms ?? Number.NaN) + (theirs[at + 1]?.ms ?? Number.NaN)) / 2);
    return [
      {
        name: 'an archive of 200 MB, against tar | gzip',
        unit: '×',
        values: ours.map(ratio),
        atMost: 1,
        how: `${tree}; listed, read and compressed at level ${clientLevel} as Railway’s client does, process start included`,
      },
      {
        name: 'an archive of 200 MB: peak memory',
        unit: 'MB',
        values: ours.map(({ megabytes: peak }) => peak),
        atMost: 120,
        how: `${tree}; Node, which reads the sources, included`,
      },
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}

function packed(root: string) {
  const program = join(import.meta.dirname, '../archive/pack.ts');
  return weighed(process.execPath, ['--conditions=source', program, root, String(clientLevel)]);
}

function tarAndGzip(root: string) {
  return weighed('sh', ['-c', `tar -C "$1" -c . | gzip -${clientLevel} > /dev/null`, 'sh', root]);
}
