import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { packageOf } from '../apps/start-line.ts';
import { StepFailure } from './deployment-events.ts';
import { readDockerfile } from './dockerfile.ts';
import type { Settings } from './model.ts';

/** Where the service is built from: what was uploaded, or its `rootDirectory` in that. */
export function rootOf(dir: string, { rootDirectory }: Settings): string {
  const root = join(dir, normalize(`/${rootDirectory ?? ''}`));
  if (root.startsWith(dir.endsWith(sep) ? dir : dir + sep) || root === dir || root === `${dir}${sep}`) {
    if (existsSync(root)) return root;
  }
  throw new StepFailure(`Could not find root directory: ${rootDirectory}`);
}

/**
 * The service's own start command, else that of its Dockerfile, else the Procfile's `web`, else `npm start`
 * (https://railpack.com/languages/node).
 */
export function startCommandOf(root: string, settings: Settings): string | undefined {
  const { startCommand } = settings;
  if (startCommand !== null && startCommand !== '') return startCommand;
  const dockerfile = readDockerfile(root, settings);
  if (dockerfile !== undefined) return dockerfile.command;
  return procfileWeb(root) ?? (packageOf(root).scripts.start === undefined ? undefined : 'npm start');
}

export function buildCommandOf(root: string, { buildCommand }: Settings): string | undefined {
  if (buildCommand !== null && buildCommand !== '') return buildCommand;
  return packageOf(root).scripts.build === undefined ? undefined : 'npm run build';
}

function procfileWeb(root: string): string | undefined {
  const file = join(root, 'Procfile');
  if (!existsSync(file)) return undefined;
  return /^web:\s*(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.trim();
}
