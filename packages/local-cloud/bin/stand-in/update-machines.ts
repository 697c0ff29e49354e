import { setMaxListeners } from 'node:events';
import { deployBluegreen } from './bluegreen.ts';
import { type Deployment, groupOf, type Machine, shownName } from './deployment.ts';
import { CommandError, messageOf } from './errors.ts';
import { Leases, warnOfLease } from './leases.ts';
import { adviseOnSockets } from './listen-advice.ts';
import { bodyOf, type Update, updateOf } from './machine-input.ts';
import { out, StatusLine } from './terminal.ts';
import { awaitHealth, awaitSmoke, awaitState } from './watch-machine.ts';

/** Moves the machines that exist: `rolling` and `canary` in place and watched, `immediate` unwatched, `bluegreen` by others. */
export async function updateMachines(deployment: Deployment, machines: readonly Machine[]): Promise<void> {
  if (machines.length === 0) return;
  const { app, strategy, signal } = deployment;
  setMaxListeners(0, signal);
  const updates = machines.map((machine) => updateOf(deployment, machine));
  const leases = new Leases(deployment, machines);
  try {
    await leases.acquire().catch((error) => {
      warnOfLease(error);
      throw error;
    });
  } catch (error) {
    if (signal.aborted) void leases.release();
    else await leases.release();
    throw error;
  }
  out(`Updating existing machines in '${app}' with ${strategy} strategy`);
  try {
    if (strategy === 'bluegreen') await deployBluegreen(deployment, leases, updates);
    else if (strategy === 'immediate') await updateAtOnce(deployment, leases, updates);
    else await updateInTurn(deployment, leases, updates);
  } finally {
    await leases.release();
  }
}

async function updateAtOnce(deployment: Deployment, leases: Leases, updates: readonly Update[]) {
  const steps = updates.map((update, index) => {
    const line = new StatusLine(index, updates.length);
    return told(deployment, { update, line }, () => replace(deployment, leases, { update, line }));
  });
  await Promise.all(steps);
}

/** Group beside group; in each the stopped machines beside the started ones. */
async function updateInTurn(deployment: Deployment, leases: Leases, updates: readonly Update[]) {
  const ordered = updates.toSorted((one, other) => (one.machine.id < other.machine.id ? -1 : 1));
  const groups = [...new Set(ordered.map(({ machine }) => groupOf(machine)))];
  let index = 0;
  const parts = groups.flatMap((group) => {
    const members = ordered.filter(({ machine }) => groupOf(machine) === group);
    const started = members.filter(({ machine }) => machine.state === 'started');
    const others = members.filter(({ machine }) => machine.state !== 'started');
    return [
      { members: others, atOnce: others.length },
      { members: started, atOnce: poolSize(deployment, started.length) },
    ];
  });
  const work = parts.map(({ members, atOnce }) => {
    const steps = members.map((update) => ({ update, line: new StatusLine(index++, updates.length) }));
    return updatePart(steps, atOnce, (step) => updateOne(deployment, leases, step));
  });
  await Promise.all(work);
}

function poolSize({ options }: Deployment, count: number): number {
  const { maxUnavailable } = options;
  return maxUnavailable >= 1 ? Math.floor(maxUnavailable) : Math.ceil(count * maxUnavailable);
}

interface UpdateStep {
  readonly update: Update;
  readonly line: StatusLine;
}

/** The first alone; if it is well, the others, so many at a time. After a failure none is begun. */
async function updatePart(
  [first, ...rest]: readonly UpdateStep[],
  atOnce: number,
  perform: (step: UpdateStep) => Promise<void>,
): Promise<void> {
  if (first === undefined) return;
  await perform(first);
  const waiting = [...rest];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (failures.length > 0) step.line.fail(`Machine ${shownName(step.update.machine)} update canceled`);
      else await perform(step).catch((error) => void failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, worker));
  if (failures.length > 0) throw failures[0];
}

function updateOne(deployment: Deployment, leases: Leases, step: UpdateStep): Promise<void> {
  return told(deployment, step, async () => {
    const machine = await replace(deployment, leases, step);
    if (!step.update.skipLaunch) await watch(deployment, machine, step);
  });
}

async function told(deployment: Deployment, { update, line }: UpdateStep, perform: () => Promise<unknown>) {
  const name = shownName(update.machine);
  try {
    line.say(`Updating ${name}`);
    await perform();
    line.succeed(`Machine ${name} update succeeded`);
  } catch (error) {
    const end = deployment.signal.aborted
      ? 'canceled while it was in progress'
      : `failed: ${messageOf(error)}`;
    line.fail(`Machine ${name} update ${end}`);
    throw error;
  }
}

async function replace(
  deployment: Deployment,
  leases: Leases,
  { update, line }: UpdateStep,
): Promise<Machine> {
  const { machine } = update;
  if (update.replaced) return replaceLost(deployment, leases, { update, line });
  const { api, app, signal } = deployment;
  line.say(`Updating ${shownName(machine)}`);
  const sent = { body: bodyOf(deployment, update), nonce: leases.nonce(machine.id), signal };
  await api.flaps('POST', `${app}/machines/${machine.id}`, sent).catch((error) => {
    const why = `failed to update VM ${machine.id}: ${messageOf(error)}`;
    throw new CommandError(why, { cause: error });
  });
  return machine;
}

/** flyctl calls the new machine by the old one's name. */
async function replaceLost(
  deployment: Deployment,
  leases: Leases,
  { update, line }: UpdateStep,
): Promise<Machine> {
  const { api, app, options, signal } = deployment;
  const { id } = update.machine;
  line.say(`Replacing ${shownName(update.machine)} by new machine`);
  await api.flaps('DELETE', `${app}/machines/${id}?kill=true`, { nonce: leases.nonce(id) });
  leases.forget(id);
  const body = { ...bodyOf(deployment, update), lease_ttl: Math.round(options.waitSeconds) };
  const made: Machine = await api.flaps('POST', `${app}/machines`, { body, signal });
  await api.flaps('DELETE', `${app}/machines/${made.id}/lease`, { nonce: made.nonce });
  line.say(`Created machine ${shownName(update.machine)}`);
  return made;
}

async function watch(deployment: Deployment, machine: Machine, { update, line }: UpdateStep): Promise<void> {
  const watched = { deployment, machine, ...(update.replaced ? {} : { line }) };
  const group = groupOf(update.machine);
  if (!deployment.options.detached) await awaitState(watched);
  await awaitSmoke(watched);
  try {
    if (!deployment.options.detached) await awaitHealth(watched, update.config);
  } finally {
    await adviseOnSockets(watched, group);
  }
}
