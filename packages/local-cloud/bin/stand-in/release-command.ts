import type { Deployment, Machine } from './deployment.ts';
import { CommandError } from './errors.ts';
import { readLogs } from './logs.ts';
import { releaseCommandConfig } from './machine-config.ts';
import { err, out } from './terminal.ts';

/** Runs the release command on a machine of its own. flyctl then waits 20 s for a log stream; this does not. */
export async function runReleaseCommand(deployment: Deployment, command: string): Promise<void> {
  const { api, app, organization, machines, signal } = deployment;
  err(`Running ${app} release_command: ${command}`);
  await api.flaps('GET', app, { signal });
  await api.uiex('GET', `organizations/${organization}`);
  const id = await createMachine(deployment, machines[0]);
  await reach(deployment, id, { state: 'stopped', timeout: deployment.waitSeconds });
  await readLogs(deployment, `instance=${id}&next_token=`);
  err('Starting machine');
  out(`> Waiting for ${id} to have state: started`);
  await api.flaps('POST', `${app}/machines/${id}/start`, { signal });
  await reach(deployment, id, { state: 'started', timeout: deployment.waitSeconds });
  await reach(deployment, id, { state: 'destroyed', timeout: 60 });
  out(`> Waiting for ${id} to get exit event`);
  const code = await exitCode(deployment, id);
  if (code !== 0) await fail(deployment, id, code);
  out(`✔ release_command ${id} completed successfully`);
}

async function createMachine(deployment: Deployment, like: Machine | undefined): Promise<string> {
  const { api, app, config, release, signal } = deployment;
  const body = {
    config: releaseCommandConfig(config, release, like?.config?.guest),
    region: like?.region ?? config.primary_region,
    skip_launch: true,
    skip_secrets: false,
  };
  const { id } = await api.flaps('POST', `${app}/machines`, { body, signal });
  out(`> Created release_command machine ${id}`);
  return id;
}

async function reach(
  deployment: Deployment,
  id: string,
  goal: { state: string; timeout: number },
): Promise<void> {
  const { api, app, signal } = deployment;
  const timeout = Math.min(60, Math.max(1, Math.round(goal.timeout)));
  out(`> Waiting for ${id} to have state: ${goal.state}`);
  await api.flaps('GET', `${app}/machines/${id}/wait?state=${goal.state}&timeout=${timeout}`, { signal });
  out(`> Machine ${id} has state: ${goal.state}`);
}

/** A destroyed machine stays readable, and its exit event tells how the command ended. */
async function exitCode({ api, app, signal }: Deployment, id: string): Promise<number> {
  const { events = [] }: Machine = await api.flaps('GET', `${app}/machines/${id}`, { signal });
  const exit = events.find(({ type }) => type === 'exit')?.request?.exit_event;
  if (exit === undefined)
    throw new CommandError(`error getting release_command machine ${id}: no exit event`);
  return exit.exit_code;
}

async function fail(deployment: Deployment, id: string, code: number): Promise<never> {
  const why = `machine ${id} exited with non-zero status of ${code}`;
  out('✖ release_command failed');
  err(`Error release_command failed running on machine ${id} with exit code ${code}.`);
  err('Checking logs: fetching the last 100 lines below:');
  err('timeout waiting for release command logs');
  for (const line of await readLogs(deployment, `instance=${id}&next_token=`)) err(line);
  out(`✖ Failed: ${why}`);
  throw new CommandError(`release command failed - aborting deployment. ${why}`);
}
