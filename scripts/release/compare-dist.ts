import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of two folders that are not the same, byte for byte; each with how. */
export function differences(committed: string, rebuilt: string): readonly string[] {
  const had = filesIn(committed);
  const wanted = filesIn(rebuilt);
  return [...new Set([...had, ...wanted])].sort().flatMap((file) => {
    if (!had.includes(file)) return [`${file} is missing`];
    if (!wanted.includes(file)) return [`${file} is built from nothing`];
    const same = readFileSync(join(committed, file)).equals(readFileSync(join(rebuilt, file)));
    return same ? [] : [`${file} differs`];
  });
}

export function filesIn(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder }).filter((file) => statSync(join(folder, file)).isFile());
}
