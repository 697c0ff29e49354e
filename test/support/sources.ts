import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';

/** A file of the repository; `file` is its path from the root, with forward slashes. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** The files matching a pattern, read. A folder that exists and holds none fails: a contract over nothing holds nothing. */
export function sources(pattern: string): readonly Source[] {
  const files = globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const folder = pattern.slice(0, pattern.indexOf('*'));
  if (files.length === 0 && existsSync(join(root, folder))) throw new Error(`No file matches ${pattern}`);
  return files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** What a TypeScript file imports, statically or not, types included, as it is written. */
export function importsOf({ text }: Source): readonly string[] {
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** The same without `import type` and `export type`: what is there when the program runs. */
export function runtimeImportsOf(source: Source): readonly string[] {
  return importsOf({ ...source, text: source.text.replace(/^\s*(?:import|export) type\b[^;]*;/gm, '') });
}

/** The same without `import()`: what is loaded before the program's first line. */
export function startImportsOf(source: Source): readonly string[] {
  return runtimeImportsOf({ ...source, text: source.text.replace(/\bimport\([^)]*\)/g, '') });
}

/** A file's text without its comments. */
export function codeOf({ text }: Pick<Source, 'text'>): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
