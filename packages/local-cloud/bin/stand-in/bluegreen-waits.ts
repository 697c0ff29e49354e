import { setTimeout as delay } from 'node:timers/promises';
import { assertNotAborted, type Green, phase } from './bluegreen-phase.ts';
import { type Deployment, type Machine, shownName } from './deployment.ts';
import { parseSeconds } from './duration.ts';
import { CommandError } from './errors.ts';
import { checksOf, hasChecks } from './machine-config.ts';
import { err } from './terminal.ts';

/** Until every green machine that is to run is started and passes its checks. Crashes are not looked for. */
export async function awaitGreen(deployment: Deployment, greens: readonly Green[]): Promise<void> {
  const running = greens.filter(({ update }) => !update.skipLaunch).map(({ machine }) => machine);
  err('\nWaiting for all green machines to start');
  await phase('could not get all green machines into started state', () =>
    withinWait(deployment, (signal) => reachAll(deployment, running, { state: 'started', signal })),
  );
  show(
    greens.map(({ machine }) => machine),
    'started',
  );
  err('\nWaiting for all green machines to be healthy');
  const checked = running.filter(({ config }) => hasChecks(config ?? {}));
  show(checked, 'unchecked');
  const seen = new Map<Machine, string>();
  try {
    await phase('could not get all green machines to be healthy', () =>
      withinWait(deployment, (signal) =>
        Promise.all(checked.map((machine) => awaitPassing(deployment, machine, { seen, signal }))),
      ),
    );
  } finally {
    for (const [machine, state] of seen) show([machine], `${state} passing`);
  }
}

export async function awaitStopped(deployment: Deployment, machines: readonly Machine[]): Promise<void> {
  err('\nWaiting for all blue machines to stop');
  const stopped = phase('could not get all blue machines into stopped state', () =>
    withinWait(deployment, (signal) => reachAll(deployment, machines, { state: 'stopped', signal })),
  );
  await stopped.catch((error) => {
    show(machines, 'started');
    throw error;
  });
  show(machines, 'stopped');
}

function show(machines: readonly Machine[], state: string): void {
  const rows = machines.map((machine) => `  Machine ${shownName(machine)} - ${state}`);
  if (rows.length > 0) err(rows.toSorted().join('\n'));
}

/** The wait timeout bounds each phase; an abort ends it at once. */
async function withinWait(deployment: Deployment, perform: (signal: AbortSignal) => Promise<unknown>) {
  const limit = AbortSignal.timeout(deployment.options.waitSeconds * 1000);
  const signal = AbortSignal.any([limit, deployment.signal]);
  try {
    await perform(signal);
  } catch (error) {
    assertNotAborted(deployment);
    throw limit.aborted ? new CommandError('wait timeout', { cause: error }) : error;
  }
  assertNotAborted(deployment);
}

interface Goal {
  readonly state: string;
  readonly signal: AbortSignal;
}

/** Here a wait that is over is asked for again, whatever its error, until the time is up. */
async function reachAll({ api, app }: Deployment, machines: readonly Machine[], goal: Goal): Promise<void> {
  const { state, signal } = goal;
  const reach = async ({ id }: Machine) => {
    for (let pauseMs = 500; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
      const path = `${app}/machines/${id}/wait?state=${state}&timeout=60`;
      const reached = await api.flaps('GET', path, { signal }).then(
        () => true,
        () => false,
      );
      if (reached) return;
      await delay(pauseMs, undefined, { signal });
    }
  };
  await Promise.all(machines.map(reach));
}

interface Look {
  readonly seen: Map<Machine, string>;
  readonly signal: AbortSignal;
}

/** Looks for the first time after the shortest grace period, and then at the shortest interval of the checks. */
async function awaitPassing({ api, app }: Deployment, machine: Machine, { seen, signal }: Look) {
  const checks = checksOf(machine.config ?? {});
  const shortest = (most: number, texts: readonly (string | undefined)[]) =>
    Math.min(most, ...texts.flatMap((text) => (text === undefined ? [] : parseSeconds(text) * 1000)));
  const graceMs = shortest(
    1_000,
    checks.map(({ grace_period: grace }) => grace),
  );
  const intervalMs = shortest(
    60_000,
    checks.map(({ interval }) => interval),
  );
  await delay(graceMs, undefined, { signal });
  for (;;) {
    const { checks: now = [] }: Machine = await api.flaps('GET', `${app}/machines/${machine.id}`, { signal });
    const passing = now.filter(({ status }) => status === 'passing').length;
    seen.set(machine, `${passing}/${now.length}`);
    if (now.length > 0 && passing === now.length) return;
    await delay(intervalMs, undefined, { signal });
  }
}
