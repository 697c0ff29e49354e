import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { validateConfig } from './config-file.ts';
import { deploy } from './deploy.ts';
import { listChecks, listMachines, listReleases, showImages, showStatus, whoAmI } from './queries.ts';

export type Command = (args: Arguments, api: FlyApi, signal: AbortSignal) => Promise<void>;

/** What can be asked of the stand-in; `version` needs no account and stands apart. */
export const commands: Readonly<Record<string, Command>> = {
  'auth whoami': whoAmI,
  'checks list': listChecks,
  'config validate': validateConfig,
  deploy,
  'image show': showImages,
  'machine list': listMachines,
  releases: listReleases,
  status: showStatus,
};
