import { setTimeout as delay } from 'node:timers/promises';
import { parseSeconds } from './duration.ts';
import { checksOf } from './machine-config.ts';
import { ofGroup } from './process-groups.ts';
import { services } from './services.ts';
import { simpleTable } from './table.ts';
import { err } from './terminal.ts';
import type { Watched } from './watch-machine.ts';

/** A server that is slow to listen is waited for so long, or as long as a check's grace period says. */
const timeBudgetMs = Number(process.env.STAND_IN_LISTEN_PATIENCE_MS ?? 15_000);

interface Process {
  readonly command: string;
  readonly listen_sockets?: readonly { readonly proto: string; readonly address: string }[];
}

/** Whether it listens where it should is asked once for each group that serves, and only advises. */
export async function adviseOnSockets({ deployment, machine }: Watched, group: string): Promise<void> {
  const { api, app, config, askedForSockets, signal } = deployment;
  const expected = expectedPorts(deployment.config, group);
  if (askedForSockets.has(group) || expected.length === 0 || signal.aborted) return;
  askedForSockets.add(group);
  const deadline = performance.now() + timeBudgetFor(config, group);
  for (let pauseMs = 500; ; pauseMs = Math.min(2_000, pauseMs * 1.5)) {
    const processes: readonly Process[] | undefined = await api
      .flaps('GET', `${app}/machines/${machine.id}/ps`)
      .catch(() => undefined);
    if (processes === undefined) return;
    const closed = expected.filter((port) => !processes.some((process) => listensOn(process, port)));
    if (closed.length === 0) return;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return advise(closed, processes);
    await delay(Math.min(pauseMs, leftMs), undefined, { signal });
  }
}

type Config = Watched['deployment']['config'];

function expectedPorts(config: Config, group: string): number[] {
  const tcp = services(ofGroup(config, group)).filter(({ protocol }) => protocol === 'tcp');
  return [...new Set(tcp.map(({ internal_port: port }) => Number(port)))];
}

function timeBudgetFor(config: Config, group: string): number {
  const own = ofGroup(config, group);
  const grace = checksOf({ checks: own.checks ?? {}, services: services(own) }).flatMap(
    ({ grace_period: period }) => (period === undefined ? [] : parseSeconds(period) * 1000),
  );
  return Math.max(timeBudgetMs, ...grace);
}

/** Whoever binds to anything but loopback is taken to know what they do. */
function listensOn({ listen_sockets: sockets = [] }: Process, port: number): boolean {
  return sockets.some(({ address }) => address.endsWith(`:${port}`) && !/^(127\.|\[::1\])/.test(address));
}

/** Where no socket at all is listed the machine is taken for too old to tell. */
function advise(closed: readonly number[], processes: readonly Process[]): void {
  const rows = processes
    .map(({ command, listen_sockets: sockets = [] }) => [
      command,
      sockets.map(({ address }) => address).join(', '),
    ])
    .filter(([, addresses]) => addresses !== '');
  if (rows.length === 0) return;
  err('\nWARNING The app is not listening on the expected address and will not be reachable by fly-proxy.');
  err('You can fix this by configuring your app to listen on the following addresses:');
  for (const port of closed) err(`  - 0.0.0.0:${port}`);
  err('Found these processes inside the machine with open listening sockets:');
  for (const line of simpleTable(['PROCESS', 'ADDRESSES'], rows)) err(line);
  err('');
}
