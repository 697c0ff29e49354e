import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isExecutable } from '../../../scripts/executable.ts';

/** Where a server was found, or why it was not. */
export type Found =
  | { readonly path: string; readonly why?: never }
  | { readonly path?: never; readonly why: string };

/** The real Postgres, beside its own tools: BELAY_POSTGRES, else Debian's folder or PATH. */
export function findPostgres(): Found {
  const folders = globSync('/usr/lib/postgresql/*/bin').sort().reverse();
  return find('postgres', 'BELAY_POSTGRES', folders);
}

/** The real Redis: BELAY_REDIS, else the one on PATH. */
export function findRedis(): Found {
  return find('redis-server', 'BELAY_REDIS', []);
}

function find(name: string, variable: string, folders: readonly string[]): Found {
  const named = process.env[variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return { path: named };
    throw new Error(`${variable} is "${named}", which is no executable: name one, or unset ${variable}.`);
  }
  const places = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
  const path = places.map((folder) => join(folder, name)).find(isExecutable);
  return path === undefined ? { why: `no ${name} on PATH, and ${variable} is not set` } : { path };
}
