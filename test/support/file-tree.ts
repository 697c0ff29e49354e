import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What stands at a path: a text, bytes, a link, a program, or an empty folder. */
export type Planted =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly program: string }
  | { readonly folder: true };

/** A folder of this test alone, by its real path. */
export function aFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'belay-tree-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts files into a folder, and answers it. */
export function plant(files: Readonly<Record<string, Planted>>, folder = aFolder()): string {
  for (const [path, planted] of Object.entries(files)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    if (typeof planted === 'string' || planted instanceof Uint8Array) writeFileSync(place, planted);
    else if ('link' in planted) symlinkSync(planted.link, place);
    else if ('folder' in planted) mkdirSync(place, { recursive: true });
    else {
      writeFileSync(place, planted.program);
      chmodSync(place, 0o755);
    }
  }
  return folder;
}
