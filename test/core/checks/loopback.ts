import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import type { LoadOptions } from '../../../packages/core/src/checks/load-checks.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { RunChecksOptions } from '../../../packages/core/src/checks/run/options.ts';
import { runChecks } from '../../../packages/core/src/checks/run/run-checks.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';

const closing: (() => void)[] = [];

/** Closes every server of the test; call it in `afterEach`. */
export function closeServers(): void {
  for (const close of closing.splice(0)) close();
}

/** A web server on loopback; answers its base URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return `http://127.0.0.1:${await listen(server)}`;
}

/** A server that does to each connection whatever the test says; answers its base URL. */
export async function serveSocket(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    closing.push(() => socket.destroy());
    onConnection(socket);
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** The address of a port where nothing listens. */
export async function refusingUrl(): Promise<string> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Listens on a free port of loopback until `closeServers`. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const base: RunChecksOptions = {
  variables: {},
  secrets: {},
  clock: systemClock,
  signal: new AbortController().signal,
  budgetMs: 600_000,
  mode: 'full',
  env: {},
  random: () => 0.5,
};

/** How inline checks are loaded and run. */
export type CheckOptions = Partial<RunChecksOptions> & Partial<LoadOptions>;

/** Loads inline checks and runs them. */
export async function check(
  text: string,
  { root = '.', untrusted, ...options }: CheckOptions = {},
): Promise<ChecksReport> {
  return runChecks(await loadChecks(text, { root, untrusted }), { ...base, ...options });
}

/** One http check named `page`, with `expect` as YAML flow. */
export function page(url: string, expect: string, more = ''): string {
  return `checks:\n  - name: page\n    http: ${url}\n    expect: ${expect}\n${more}`;
}
