import { setTimeout as delay } from 'node:timers/promises';
import { type Deployment, type Machine, type MachineEvent, shownName } from './deployment.ts';
import { CommandError, MachinesApiError, messageOf } from './errors.ts';
import { readLogs } from './logs.ts';
import { hasChecks, type MachineConfig } from './machine-config.ts';
import type { StatusLine } from './terminal.ts';

export interface Watched {
  readonly deployment: Deployment;
  readonly machine: Machine;
  /** Where each step is told; a machine just made is waited for in silence. */
  readonly line?: StatusLine;
}

const smokeWindowMs = 10_000;

const neverStarted = `Your machine was created, but never started or exited immediately. This could mean that your app is taking a long time to start,
but it could be indicative of a region issue.

Alternatively, your app may have exited immediately due to a startup failure. Check your Dockerfile
to ensure it specifies a valid start command (e.g., check that your 'CMD' or 'ENTRYPOINT' is correct).
You can also try running 'fly logs' to see what happened when the machine tried to start.

You can try deploying to a different region,
or you can try increasing the timeout with the --wait-timeout flag
`;

/** Asks `wait` again, whatever was wrong, until the whole wait timeout is over. Only a machine that is gone ends it. */
export async function awaitState({ deployment, machine, line }: Watched): Promise<void> {
  const { api, app, signal } = deployment;
  const { waitSeconds } = deployment.options;
  const { id } = machine;
  line?.say(`Waiting for ${shownName(machine)} to have state: started`);
  const limit = AbortSignal.timeout(waitSeconds * 1000);
  const within = AbortSignal.any([limit, signal]);
  const timeout = Math.min(60, Math.max(1, Math.round(waitSeconds)));
  const path = `${app}/machines/${id}/wait?state=started&timeout=${timeout}`;
  for (let pauseMs = 500; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
    const error = await api.flaps('GET', path, { signal: within }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (error === undefined) break;
    if (error instanceof MachinesApiError && error.status === 404) throw error;
    await delay(pauseMs, undefined, { signal: within }).catch(() => undefined);
    signal.throwIfAborted();
    if (limit.aborted)
      throw new CommandError("timeout reached waiting for machine's state to change", {
        advice: neverStarted,
      });
  }
  line?.say(`Machine ${shownName(machine)} has state: started`);
}

/** Ten seconds without a crash loop; fewer where the machine says that it started long ago. */
export async function awaitSmoke(watched: Watched): Promise<void> {
  const { options } = watched.deployment;
  if (options.detached || !options.smokeChecks) return;
  watched.line?.say(`Checking that ${shownName(watched.machine)} is up and running`);
  const deadline = performance.now() + smokeWindowMs;
  while (performance.now() < deadline) {
    const { events = [] } = await read(watched).catch((error) => failSmoke(watched, error));
    if (isCrashing(events)) await failSmoke(watched, new Error('the app appears to be crashing'));
    if (hasRunLong(events)) return;
    await delay(500, undefined, { signal: watched.deployment.signal });
  }
}

function isCrashing(events: readonly MachineEvent[]): boolean {
  const { exit_event: exit, restart_count: restarts = 0 } =
    events.find(({ type }) => type === 'exit')?.request ?? {};
  return exit?.restarting === true && !exit.requested_stop && exit.exit_code !== 0 && restarts > 1;
}

function hasRunLong(events: readonly MachineEvent[]): boolean {
  const newest = (type: string) => events.findIndex((event) => event.type === type);
  const start = newest('start');
  const launch = newest('launch');
  const exit = newest('exit');
  if (start === -1 || launch === -1 || start > launch || (exit !== -1 && exit < start)) return false;
  return Date.now() - (events[start]?.timestamp ?? 0) > smokeWindowMs;
}

async function failSmoke({ deployment, machine }: Watched, cause: Error): Promise<never> {
  deployment.signal.throwIfAborted();
  const { id, region } = machine;
  const why = `smoke checks for ${id} failed: ${cause.message}`;
  const lines = await readLogs(deployment, `instance=${id}&next_token=&region=${region}`);
  const advice = [
    `S${why.slice(1)}`,
    `Check its logs: here's the last lines below, or run 'fly logs -i ${id}':`,
    ...lines,
    '\n',
  ];
  throw new CommandError(why, { cause, advice: advice.join('\n') });
}

/** Polls until every check passes. The last request is cut off by the deadline, and its error is part of the message. */
export async function awaitHealth(watched: Watched, config: MachineConfig): Promise<void> {
  const { deployment, machine, line } = watched;
  if (!hasChecks(config)) return;
  const deadline = performance.now() + deployment.options.waitSeconds * 1000;
  let shown = '';
  for (let pauseMs = 1_000; ; pauseMs = Math.min(2_000, pauseMs * 1.7)) {
    const { checks = [] } = await read(watched);
    const passing = checks.filter(({ status }) => status === 'passing').length;
    const state = `${passing}/${checks.length}`;
    if (state !== shown) line?.say(`Waiting for ${shownName(machine)} to become healthy: ${state}\n`);
    shown = state;
    if (checks.length > 0 && passing === checks.length) return;
    const leftMs = deadline - performance.now();
    await delay(Math.max(0, Math.min(pauseMs, leftMs)), undefined, { signal: deployment.signal });
    if (leftMs <= pauseMs) throw unhealthy(watched);
  }
}

function unhealthy({ deployment: { api, app }, machine: { id } }: Watched): CommandError {
  const url = `${api.flapsBase}/v1/apps/${app}/machines/${id}`;
  const cut = `failed to get VM ${id}: Get "${url}": net/http: request canceled`;
  return new CommandError(`timeout reached waiting for health checks to pass for machine ${id}: ${cut}`);
}

async function read({ deployment: { api, app, signal }, machine: { id } }: Watched): Promise<Machine> {
  return await api.flaps('GET', `${app}/machines/${id}`, { signal }).catch((cause) => {
    const why = `error getting machine ${id} from api: failed to get VM ${id}: ${messageOf(cause)}`;
    throw new CommandError(why, { cause });
  });
}
