import { delimiter, join } from 'node:path';
import { isExecutable } from '../../scripts/executable.ts';

/** Where a program was found, or why it was not. */
export type Found =
  | { readonly path: string; readonly why?: never }
  | { readonly path?: never; readonly why: string };

/** The program that a variable names, else the one in these folders or on PATH. A name that is no executable is an error. */
export function findProgram(name: string, variable: string, folders: readonly string[] = []): Found {
  const named = process.env[variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return { path: named };
    throw new Error(`${variable} is "${named}", which is no executable: name one, or unset ${variable}.`);
  }
  const places = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
  const path = places.map((folder) => join(folder, name)).find(isExecutable);
  return path === undefined ? { why: `no ${name} on PATH, and ${variable} is not set` } : { path };
}

/** The real railway CLI: BELAY_RAILWAY, else the one on PATH (`cargo install railwayapp`, ten minutes). */
export function findRailway(): Found {
  return findProgram('railway', 'BELAY_RAILWAY');
}
