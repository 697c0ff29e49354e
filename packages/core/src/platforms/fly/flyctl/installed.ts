import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Ports } from '../../../action/ports.ts';
import type { InstalledTool } from '../../../install/tool.ts';

// Which flyctl the step has: kept for `post`, which installs none anew.

const pathState = 'flyctl';
const versionState = 'flyctl-version';

/** In `post`: the flyctl that main has had, which needs no host that may not answer by now. */
export async function installedByMain({ runner }: Pick<Ports, 'runner'>): Promise<InstalledTool | undefined> {
  const path = runner.state(pathState);
  if (path === '' || !(await canRun(path))) return undefined;
  const version = runner.state(versionState);
  runner.info(`flyctl ${version}, as the step has had it: ${path}`);
  return { path, version, source: 'PATH', notes: [] };
}

/** Tells `post` which flyctl this is. */
export function keepInstalled({ runner }: Pick<Ports, 'runner'>, { path, version }: InstalledTool): void {
  runner.saveState(pathState, path);
  runner.saveState(versionState, version);
}

/** The path of the flyctl that main has had; `''` where it came to none. */
export function installedPath({ runner }: Pick<Ports, 'runner'>): string {
  return runner.state(pathState);
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
