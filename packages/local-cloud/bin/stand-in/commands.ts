import type { FlyApi } from './api.ts';
import { createApp, destroyApps, listApps } from './apps.ts';
import type { Arguments } from './arguments.ts';
import { validateConfig } from './config-file.ts';
import { deploy } from './deploy.ts';
import { CommandError } from './errors.ts';
import { allocateV4, allocateV6, listIps, releaseIps } from './ips.ts';
import { createBackup, listBackups } from './managed-postgres.ts';
import { listChecks, listMachines, listReleases, showImages, showStatus, whoAmI } from './queries.ts';
import { deploySecrets, importSecrets, listSecrets, setSecrets } from './secrets.ts';
import { createSnapshot, listSnapshots, listVolumes } from './volumes.ts';

export type Command = (args: Arguments, api: FlyApi, signal: AbortSignal) => Promise<void>;

/** What can be asked of the stand-in; `version` needs no account and stands apart. */
export const commands: Readonly<Record<string, Command>> = {
  'apps create': createApp,
  'apps destroy': destroyApps,
  'apps list': listApps,
  'auth whoami': whoAmI,
  'checks list': listChecks,
  'config validate': validateConfig,
  deploy,
  'image show': showImages,
  'ips allocate-v4': allocateV4,
  'ips allocate-v6': allocateV6,
  'ips list': listIps,
  'ips release': releaseIps,
  'machine list': listMachines,
  'mpg backup create': createBackup,
  'mpg backup list': listBackups,
  releases: listReleases,
  'secrets deploy': deploySecrets,
  'secrets import': importSecrets,
  'secrets list': listSecrets,
  'secrets set': setSecrets,
  status: showStatus,
  'volumes list': listVolumes,
  'volumes snapshots create': createSnapshot,
  'volumes snapshots list': listSnapshots,
};

/** The command that the first words name, and the words after it. */
export function commandOf(words: readonly string[]): { command: Command; rest: readonly string[] } {
  for (let length = words.length; length > 0; length--) {
    const command = commands[words.slice(0, length).join(' ')];
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  throw new CommandError(`unknown command "${words.join(' ')}" for "flyctl"`);
}
