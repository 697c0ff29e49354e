import type { FlyApi } from './api.ts';
import { groupOf, type Machine } from './deployment.ts';
import { CommandError } from './errors.ts';
import { err } from './terminal.ts';

/** Deploys made it. What `fly machine run` or the API made lacks the mark, and deploys leave it alone. */
export function isManaged({ config, incomplete_config: incomplete }: Machine): boolean {
  return (config ?? incomplete)?.metadata?.fly_platform_version === 'v2';
}

/** It is there, and no machine of a release command. */
export function isOfTheApp(machine: Machine): boolean {
  return (
    !['destroying', 'destroyed'].includes(machine.state) && groupOf(machine) !== 'fly_app_release_command'
  );
}

export async function activeMachines(api: FlyApi, app: string, signal: AbortSignal): Promise<Machine[]> {
  const all: Machine[] = await api.flaps('GET', `${app}/machines`, { signal });
  return all.filter(isOfTheApp);
}

export function warnOfNoManaged(): void {
  const why = "Your app doesn't have any Fly Launch machines, so we'll create one now.";
  err(`\x1b[33m[WARNING]\x1b[0m ${why} Learn more at \nhttps://fly.io/docs/launch/\n`);
}

/** Bluegreen makes none beside machines it does not manage. */
export function assertNoneDetached(machines: readonly Machine[], groups: readonly string[]): void {
  const detached = machines.filter((machine) => !isManaged(machine) && groups.includes(groupOf(machine)));
  if (detached.length === 0) return;
  const named = detached.map((machine) => `${machine.id} (${groupOf(machine)})`).toSorted();
  const outside = 'active Machines outside Fly Launch management belong to configured process groups';
  const marks = 'fly_platform_version=v2 and the correct fly_process_group metadata';
  throw new CommandError(
    `bluegreen deployment can't safely continue because ${outside}: ${named.join(', ')}. ` +
      `If these Machines should be managed by deploys, make sure they have ${marks}; ` +
      'otherwise destroy or move them before using bluegreen',
  );
}
