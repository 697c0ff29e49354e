import { glob, lstat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Complaint } from './complaint.ts';
import type { FileRules } from './workspace-files.ts';
import { FileRefusal, readWorkspaceFile, sizeText } from './workspace-files.ts';

/** One document before it is read. */
export interface CheckText {
  readonly text: string;
  /** From the workspace; undefined for inline text. */
  readonly file: string | undefined;
  /** Where the paths in it start. */
  readonly folder: string;
}

/** The texts that could be read, and what is wrong with the others. */
export interface CheckTexts {
  readonly texts: readonly CheckText[];
  readonly complaints: readonly Complaint[];
}

/** Bytes of a check file, or of checks that stand in the input. */
export const mostTextBytes = 1024 * 1024;

const mostFiles = 1000;

/** The inline text itself. */
export function inlineText(text: string, folder: string): CheckTexts {
  if (Buffer.byteLength(text) <= mostTextBytes)
    return { texts: [{ text, file: undefined, folder }], complaints: [] };
  const message = `The checks are larger than ${sizeText(mostTextBytes)}. Put them into several files.`;
  return { texts: [], complaints: [{ message }] };
}

/** The files of one path or glob a line, from the folder `from`. */
export async function fileTexts(input: string, from: string, rules: FileRules): Promise<CheckTexts> {
  const patterns = input.split(/\r?\n/).map((line) => line.trim());
  const files = new Set<string>();
  const complaints: Complaint[] = [];
  for (const pattern of patterns.filter((one) => one !== '')) {
    const matches = (await plainFile(pattern, from)) ?? (await filesMatching(pattern, from));
    if (matches.length === 0)
      complaints.push({ message: `No file matches ${JSON.stringify(pattern)} in ${from}.` });
    for (const match of matches.sort()) files.add(relative(rules.root, match));
  }
  if (files.size > mostFiles)
    return { texts: [], complaints: [{ message: `More than ${mostFiles} files are named. Name fewer.` }] };
  if (complaints.length === 0 && files.size === 0) complaints.push({ message: 'No checks are given.' });
  const texts: CheckText[] = [];
  for (const file of files) {
    const read = fileText(file, rules);
    if ('message' in read) complaints.push(read);
    else texts.push(read);
  }
  return { texts, complaints };
}

/** The path of one file, and no more than that: what Node needs for a glob takes longer to load than the file to read. */
async function plainFile(path: string, from: string): Promise<string[] | undefined> {
  if (!/^[\w./ -]*[\w-]$/.test(path)) return undefined;
  const full = resolve(from, path);
  const found = await lstat(full).catch(() => undefined);
  return found === undefined || found.isDirectory() ? undefined : [full];
}

async function filesMatching(pattern: string, from: string): Promise<string[]> {
  const matches: string[] = [];
  for await (const found of glob(pattern, { cwd: from, withFileTypes: true })) {
    if (!found.isDirectory()) matches.push(join(found.parentPath, found.name));
    if (matches.length > mostFiles) break;
  }
  return matches;
}

function fileText(file: string, rules: FileRules): CheckText | Complaint {
  const path = resolve(rules.root, file);
  try {
    const text = readWorkspaceFile(path, rules, mostTextBytes).toString('utf8');
    return { text, file, folder: dirname(path) };
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return { message: `The check file ${JSON.stringify(file)} cannot be used: it ${error.message}.` };
  }
}
