import { request } from 'node:http';
import { connect } from 'node:net';
import type { AppInstance } from '../apps/apps.ts';
import type { CloudClock } from '../clock.ts';
import { durationMs, type MachineCheck, type MachineConfig, namedChecks } from './machine-config.ts';

export interface CheckStatus {
  readonly name: string;
  readonly status: 'passing' | 'warning' | 'critical';
  readonly output: string;
  readonly updated_at: string;
}

interface Probe {
  readonly passed: boolean;
  readonly output: string;
}

/** Before the first answer a check counts as failed, as on Fly: traffic waits for proof. */
export function unprobed(config: MachineConfig, now: number): CheckStatus[] {
  return [...namedChecks(config).keys()].map((name) => ({
    name,
    status: 'critical',
    output: '',
    updated_at: new Date(now).toISOString(),
  }));
}

export interface CheckedProcess {
  readonly config: MachineConfig;
  readonly running: Pick<AppInstance, 'port' | 'innerPort'>;
  readonly clock: CloudClock;
  readonly ended: AbortSignal;
  readonly report: (status: CheckStatus) => void;
}

/** Probes every check at once, then each at its interval until the process has ended. Resolves after the first round. */
export async function startChecks(process: CheckedProcess): Promise<void> {
  const startedAt = process.clock.now();
  const rounds = [...namedChecks(process.config)].map(async ([name, check]) => {
    const once = () => probeOnce(process, { name, check, startedAt });
    await once();
    void repeat(process, durationMs(check.interval, 15_000), once);
  });
  await Promise.all(rounds);
}

async function repeat(process: CheckedProcess, intervalMs: number, once: () => Promise<void>) {
  while (!process.ended.aborted) {
    await process.clock.until(process.clock.now() + intervalMs, process.ended);
    await once();
  }
}

async function probeOnce(
  process: CheckedProcess,
  of: { name: string; check: PortCheck; startedAt: number },
): Promise<void> {
  if (process.ended.aborted) return;
  const { passed, output } = await probe(of.check, process.running);
  if (process.ended.aborted) return;
  const now = process.clock.now();
  const inGrace = now - of.startedAt < durationMs(of.check.grace_period, 0);
  const failed = inGrace ? 'warning' : 'critical';
  const status = passed ? 'passing' : failed;
  process.report({ name: of.name, status, output, updated_at: new Date(now).toISOString() });
}

type PortCheck = MachineCheck & { readonly port: number };

/** Of all the ports of a machine one is open: that of its process. */
async function probe(check: PortCheck, { port, innerPort }: CheckedProcess['running']): Promise<Probe> {
  const target = { port, timeoutMs: durationMs(check.timeout, 10_000) };
  if (check.port !== innerPort)
    return { passed: false, output: `${shownProbe(check)}: ${refusedConnection}` };
  return check.type === 'http' ? probeHttp(check, target) : probeTcp(check, target);
}

interface Target {
  /** On loopback. */
  readonly port: number;
  readonly timeoutMs: number;
}

function shownProbe(check: PortCheck): string {
  const address = `127.0.0.1:${check.port}`;
  if (check.type !== 'http') return `TCP connect ${address}`;
  return `HTTP ${methodOf(check)} http://${address}${check.path ?? '/'}`;
}

function methodOf({ method = 'get' }: MachineCheck): string {
  return method.toUpperCase();
}

function probeHttp(check: PortCheck, { port, timeoutMs }: Target): Promise<Probe> {
  const method = methodOf(check);
  const path = check.path ?? '/';
  const headers = Object.fromEntries(
    (check.headers ?? []).map(({ name, values }) => [name, values.join(', ')]),
  );
  const shown = shownProbe(check);
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error('context deadline exceeded')));
    outgoing.on('error', (error) => resolve({ passed: false, output: `${shown}: ${describe(error)}` }));
    outgoing.on('response', (answer) => {
      const chunks: Buffer[] = [];
      const status = answer.statusCode ?? 0;
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', (error) => resolve({ passed: false, output: `${shown}: ${error.message}` }));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8').slice(0, 1000);
        const full = `${shown}: ${status} ${answer.statusMessage ?? ''} Output: "${text}"`;
        // A Postgres machine's checks say their findings and nothing else: `primary`.
        const output = path.startsWith('/flycheck/') ? text : full;
        resolve({ passed: status >= 200 && status < 300, output });
      });
    });
    outgoing.end();
  });
}

function probeTcp(check: PortCheck, { port, timeoutMs }: Target): Promise<Probe> {
  const shown = shownProbe(check);
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: timeoutMs });
    const settle = (passed: boolean, output: string) => {
      socket.destroy();
      resolve({ passed, output });
    };
    socket.on('connect', () => settle(true, `${shown}: Success`));
    socket.on('timeout', () => settle(false, `${shown}: context deadline exceeded`));
    socket.on('error', (error) => settle(false, `${shown}: ${describe(error)}`));
  });
}

const refusedConnection = 'connect: connection refused';

function describe(error: Error & { code?: string }): string {
  return error.code === 'ECONNREFUSED' ? refusedConnection : error.message;
}
