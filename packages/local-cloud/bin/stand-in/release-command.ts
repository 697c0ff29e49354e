import type { Deployment, Machine } from './deployment.ts';
import { CommandError, MachinesApiError, messageOf } from './errors.ts';
import { secretsOf } from './launch-machine.ts';
import { readLogs } from './logs.ts';
import { releaseCommandConfig } from './machine-config.ts';
import { err, StatusLine } from './terminal.ts';

/** Runs the release command on a machine of its own. flyctl then waits 20 s for a log stream; this does not. */
export async function runReleaseCommand(deployment: Deployment, command: string): Promise<void> {
  const { app } = deployment;
  const line = new StatusLine();
  err(`Running ${app} release_command: ${command}`);
  try {
    await runOnMachine(deployment, line);
  } catch (error) {
    line.fail(`Failed: ${messageOf(error)}`);
    const { advice = '' } = error instanceof CommandError ? error : {};
    const why = `release command failed - aborting deployment. ${messageOf(error)}`;
    throw new CommandError(why, { cause: error, advice });
  }
}

/** One that is still running when its time is over is left to run. */
async function runOnMachine(deployment: Deployment, line: StatusLine): Promise<void> {
  const { api, app, organization, machines, options, signal } = deployment;
  await api.flaps('GET', app, { signal });
  await api.uiex('GET', `organizations/${organization}`);
  const id = await createMachine(deployment, machines[0], line);
  await reach(deployment, id, { state: 'stopped', line, seconds: options.waitSeconds });
  await readLogs(deployment, `instance=${id}&next_token=`);
  err('Starting machine');
  line.say(`Waiting for ${id} to have state: started`);
  await api.flaps('POST', `${app}/machines/${id}/start`, { signal });
  // A machine that has run and is destroyed by now is answered 404: then there is no more to wait for.
  if (await reach(deployment, id, { state: 'started', line, seconds: options.waitSeconds }))
    await reach(deployment, id, { state: 'destroyed', line, seconds: options.releaseCommandSeconds });
  line.say(`Waiting for ${id} to get exit event`);
  const code = await exitCode(deployment, id);
  if (code !== 0) await fail(deployment, id, { code, line });
  line.succeed(`release_command ${id} completed successfully`);
}

async function createMachine(
  deployment: Deployment,
  like: Machine | undefined,
  line: StatusLine,
): Promise<string> {
  const { api, app, config, release, signal } = deployment;
  const body = {
    config: releaseCommandConfig(config, release, like?.config?.guest),
    region: like?.region ?? config.primary_region,
    skip_launch: true,
    ...secretsOf(deployment),
  };
  const { id } = await api.flaps('POST', `${app}/machines`, { body, signal });
  line.say(`Created release_command machine ${id}`);
  return id;
}

interface Goal {
  readonly state: 'stopped' | 'started' | 'destroyed';
  readonly line: StatusLine;
  readonly seconds: number;
}

/** False where the machine, once started, was gone before it could be waited for. */
async function reach({ api, app, signal }: Deployment, id: string, goal: Goal): Promise<boolean> {
  const { state, line, seconds } = goal;
  const deadline = performance.now() + seconds * 1000;
  line.say(`Waiting for ${id} to have state: ${state}`);
  for (;;) {
    const leftSeconds = (deadline - performance.now()) / 1000;
    const timeout = Math.min(60, Math.max(1, Math.round(leftSeconds)));
    const path = `${app}/machines/${id}/wait?state=${state}&timeout=${timeout}`;
    try {
      await api.flaps('GET', path, { signal });
      break;
    } catch (error) {
      if (!(error instanceof MachinesApiError)) throw error;
      if (error.status === 404 && state === 'destroyed') break;
      if (error.status === 404 && state === 'started') return false;
      if (error.status !== 408) throw error;
      if (performance.now() > deadline - 500) throw tooLate(id, state);
    }
  }
  line.say(`Machine ${id} has state: ${state}`);
  return true;
}

function tooLate(id: string, state: Goal['state']): CommandError {
  const doing = { stopped: 'stop', started: 'start', destroyed: 'finish running' }[state];
  const flag = state === 'destroyed' ? 'release-command-timeout' : 'wait-timeout';
  const why = "timeout reached waiting for machine's state to change";
  return new CommandError(`error waiting for release_command machine ${id} to ${doing}: ${why}`, {
    advice: `Your machine never reached the state "${state}".\n\nYou can try increasing the timeout with the --${flag} flag\n`,
  });
}

/** A destroyed machine stays readable, and its exit event tells how the command ended. */
async function exitCode({ api, app, signal }: Deployment, id: string): Promise<number> {
  const { events = [] }: Machine = await api.flaps('GET', `${app}/machines/${id}`, { signal });
  const exit = events.find(({ type }) => type === 'exit')?.request?.exit_event;
  if (exit === undefined)
    throw new CommandError(`error getting release_command machine ${id}: no exit event`);
  return exit.exit_code;
}

async function fail(
  deployment: Deployment,
  id: string,
  { code, line }: { code: number; line: StatusLine },
): Promise<never> {
  line.fail('release_command failed');
  err(`Error release_command failed running on machine ${id} with exit code ${code}.`);
  err('Checking logs: fetching the last 100 lines below:');
  err('timeout waiting for release command logs');
  for (const log of await readLogs(deployment, `instance=${id}&next_token=`)) err(log);
  throw new CommandError(`machine ${id} exited with non-zero status of ${code}`);
}
