import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The real flyctl: BELAY_FLYCTL, else the one on PATH. */
export function findFlyctl(): { path: string; why?: never } | { path?: never; why: string } {
  const named = process.env.BELAY_FLYCTL;
  if (named !== undefined && named !== '')
    return isExecutable(named) ? { path: named } : { why: `BELAY_FLYCTL names no executable` };
  const directories = (process.env.PATH ?? '').split(delimiter);
  const path = directories.map((directory) => join(directory, 'flyctl')).find(isExecutable);
  return path === undefined ? { why: 'no flyctl on PATH, and BELAY_FLYCTL is not set' } : { path };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
