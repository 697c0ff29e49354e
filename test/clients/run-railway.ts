import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type Cloud,
  clientEnvironment,
  demo,
  demoDirectories,
  type Railway,
  railway,
  startCloud,
} from '#local-cloud';

export interface Played {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly cloud: Cloud;
  readonly service: Railway;
}

export interface RailwayRun {
  readonly argv: readonly string[];
  /** The directory it is run in. Default: the demo's good one. */
  readonly from?: keyof typeof demoDirectories;
  readonly env?: Readonly<Record<string, string>>;
  /** What there is, or has happened, before. */
  readonly given?: (service: Railway, cloud: Cloud) => void | Promise<void>;
  /** After which it is killed: for one that would wait for ever. */
  readonly patienceMs?: number;
}

/** One run of the real CLI against a cloud of its own, by production host names. `look` sees it before it closes. */
export async function runRailway(
  path: string,
  { argv, from = 'good', env = {}, given, patienceMs = 60_000 }: RailwayRun,
  look: (played: Played) => void | Promise<void>,
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'belay-railway-home-'));
  const cloud = await startCloud({ services: [railway] });
  try {
    const service = cloud.service(railway);
    await given?.(service, cloud);
    const child = spawn(path, argv, {
      cwd: demoDirectories[from],
      env: { ...quiet(cloud), HOME: home, PATH: process.env.PATH, CI: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    const closed = once(child, 'close');
    const [stdout, stderr, [exit, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      closed,
    ]);
    clearTimeout(patience);
    assertAllKnown(cloud);
    await look({ exit, signal, stdout, stderr, cloud, service });
  } finally {
    await cloud.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Only what a workflow would set: the ids beside it would be the ids of what is linked. */
function quiet(cloud: Cloud): Readonly<Record<string, string>> {
  const {
    RAILWAY_PROJECT_ID: _,
    RAILWAY_ENVIRONMENT_ID: __,
    RAILWAY_SERVICE_ID: ___,
    ...env
  } = clientEnvironment(cloud);
  return env;
}

/** A client that was answered what no emulator knows has proved nothing. */
function assertAllKnown(cloud: Cloud): void {
  const unknown = cloud.journal.entries({ unknown: true });
  if (unknown.length === 0) return;
  const asked = unknown.map(({ method, path, body }) => `${method} ${path} ${body}`).join('\n');
  throw new Error(`the local cloud does not know what it was asked for:\n${asked}`);
}

/** What the demo's service serves now. */
export async function served(cloud: Cloud): Promise<{ status: number; version: string | undefined }> {
  const { status, body } = await cloud.serves(demo.railway.host, '/version.json');
  return { status, version: status === 200 ? JSON.parse(String(body)).version : undefined };
}
