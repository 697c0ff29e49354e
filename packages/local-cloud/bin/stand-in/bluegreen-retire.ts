import { setTimeout as delay } from 'node:timers/promises';
import { assertNotAborted } from './bluegreen-phase.ts';
import { awaitStopped } from './bluegreen-waits.ts';
import { type Deployment, type Machine, shownName } from './deployment.ts';
import { CommandError, MachinesApiError, messageOf } from './errors.ts';
import type { Leases } from './leases.ts';
import { err } from './terminal.ts';

/** flyctl's, twice: for the proxy to see the green machines, and to forget the blue ones. A test has less. */
const pauseMs = Number(process.env.STAND_IN_BLUEGREEN_PAUSE_MS ?? 10_000);
const attempts = 5;
/** Before the second attempt, and twice as long before each further one. */
const firstDelayMs = pauseMs / 20;

export const blueGreenTag = 'fly_bluegreen_deployment_tag';

/**
 * The blue machines go: tagged, cordoned, stopped, destroyed. What the API refuses is warned of, and the deploy goes on:
 * only a machine that does not stop ends it.
 */
export async function retireBlue(deployment: Deployment, leases: Leases, machines: readonly Machine[]) {
  const { app, api } = deployment;
  const each = (perform: (machine: Machine, path: string) => Promise<void>) =>
    Promise.all(machines.map((machine) => perform(machine, `${app}/machines/${machine.id}`)));
  assertNotAborted(deployment);
  err('\nCheckpointing deployment, this may take a few seconds...');
  await tagAll(deployment, machines);
  await pause(deployment, '\nWaiting before cordoning all blue machines');
  await each(async (machine, path) => {
    const cordon = () => api.flaps('POST', `${path}/cordon`, { nonce: leases.nonce(machine.id) });
    const refused = await insist({ what: 'cordon', wrapped: 'failed to cordon VM' }, machine, cordon);
    if (refused === undefined) err(`  Machine ${shownName(machine)} cordoned`);
    else warn(`Failed to cordon machine ${shownName(machine)}`, refused);
  });
  await pause(deployment, '\nWaiting before stopping all blue machines');
  err('\nStopping all blue machines');
  await each(async (machine, path) => {
    const { id } = machine;
    const sent = { body: { id, timeout: '0s' }, nonce: leases.nonce(id) };
    const stop = () => api.flaps('POST', `${path}/stop`, sent);
    const refused = await insist({ what: 'stop', wrapped: `failed to stop VM ${id}` }, machine, stop);
    if (refused !== undefined) warn(`Failed to stop machine ${shownName(machine)}`, refused);
  });
  await awaitStopped(deployment, machines);
  err('\nDestroying all blue machines');
  await destroyAll(deployment, leases, machines);
}

async function tagAll({ api, app }: Deployment, machines: readonly Machine[]): Promise<void> {
  const untagged: string[] = [];
  const tagOne = async (machine: Machine) => {
    const { id } = machine;
    const path = `${app}/machines/${id}/metadata/${blueGreenTag}`;
    const set = () => api.flaps('POST', path, { body: { value: 'safe_to_destroy' } });
    const call = { what: 'safe-for-deletion tag', wrapped: `failed to set metadata for ${id}` };
    const refused = await insist(call, machine, set);
    if (refused === undefined) return;
    warn(`Could not tag machine ${shownName(machine)} as safe-for-deletion`, refused);
    untagged.push(id);
  };
  await Promise.all(machines.map(tagOne));
  if (untagged.length === 0) return;
  const why = `${untagged.length} blue machine(s) could not be tagged safe-for-deletion`;
  const then =
    'The deployment will still proceed; if a later step fails you may need to remove them manually with:';
  err(`  [warn] ${why}. ${then}\n    ${destroyCommand(app, untagged)}`);
}

async function destroyAll({ api, app }: Deployment, leases: Leases, machines: readonly Machine[]) {
  const left: string[] = [];
  const destroyOne = async (machine: Machine) => {
    const { id } = machine;
    const path = `${app}/machines/${id}?kill=true`;
    const destroy = () => api.flaps('DELETE', path, { nonce: leases.nonce(id) }).catch(unlessGone);
    const call = { what: 'destroy', wrapped: `failed to destroy VM ${id}` };
    if ((await insist(call, machine, destroy)) !== undefined) {
      left.push(id);
      return;
    }
    leases.forget(id);
    err(`  Machine ${shownName(machine)} destroyed`);
  };
  await Promise.all(machines.map(destroyOne));
  if (left.length === 0) return;
  err(`\n  Failed to destroy ${left.length} machine(s). Remove them manually with:\n`);
  err(`    ${destroyCommand(app, left)}\n`);
}

function unlessGone(error: unknown): void {
  if (!(error instanceof MachinesApiError) || error.status !== 404) throw error;
}

interface Call {
  /** As a repetition of it is told. */
  readonly what: string;
  /** In which words its error is wrapped. */
  readonly wrapped: string;
}

/** Five attempts where the failure may pass. Answers the error that stayed. */
async function insist(
  { what, wrapped }: Call,
  machine: Machine,
  perform: () => Promise<unknown>,
): Promise<Error | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await perform();
      return undefined;
    } catch (cause) {
      const error = new CommandError(`${wrapped}: ${messageOf(cause)}`, { cause });
      if (!mayPass(cause) || attempt === attempts) return error;
      const turn = `(attempt ${attempt + 1}/${attempts})`;
      err(`  Retrying ${what} for machine ${shownName(machine)} ${turn}: ${error.message}`);
      await delay(firstDelayMs * 2 ** (attempt - 1));
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof MachinesApiError)
    return error.status === 408 || error.status === 429 || error.status >= 500;
  return error instanceof Error;
}

function warn(what: string, error: Error): void {
  err(`  [warn] ${what} after ${attempts} attempts: ${error.message}`);
}

function destroyCommand(app: string, ids: readonly string[]): string {
  const command = `fly machine destroy --force -a ${app}`;
  if (ids.length === 1) return `${command} ${ids[0]}`;
  return `${command} \\\n${ids.map((id) => `  ${id}`).join(' \\\n')}`;
}

async function pause(deployment: Deployment, why: string): Promise<void> {
  assertNotAborted(deployment);
  err(why);
  await delay(pauseMs, undefined, { signal: deployment.signal }).catch(() => undefined);
  assertNotAborted(deployment);
}
