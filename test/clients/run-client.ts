import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, clientEnvironment, demo, images, startCloud } from '#local-cloud';
import { Fly } from '../../packages/local-cloud/src/fly/index.ts';
import type { ServiceFactory } from '../../packages/local-cloud/src/service.ts';
import type { SentRequest } from './request-order.ts';
import { imageOf, type Scenario } from './scenario.ts';
import type { RawTranscript } from './transcript.ts';

/** The command line of a client, without its arguments. */
export type Client = readonly [string, ...string[]];

export const standIn: Client = [
  process.execPath,
  new URL('../../packages/local-cloud/bin/flyctl.mjs', import.meta.url).pathname,
];

/** One client, one scenario, a cloud of its own under production host names. `look` sees it before it closes. */
export async function runClient(
  client: Client,
  scenario: Scenario,
  look: (cloud: Cloud) => void | Promise<void> = () => {},
): Promise<RawTranscript> {
  const directory = await mkdtemp(join(tmpdir(), 'belay-client-'));
  const cloud = await startCloud({ services: [seededFor(scenario)] });
  try {
    cloud.images.put('registry.fly.io/shop:v2', imageOf(scenario));
    if (scenario.config !== undefined) await writeFile(join(directory, 'fly.toml'), scenario.config);
    for (const [name, text] of Object.entries(scenario.files ?? {}))
      await writeFile(join(directory, name), text);
    await prepare(cloud, scenario);
    const child = start(client, scenario, { cloud, directory });
    const [stdout, stderr] = [printedOn(child.stdout), printedOn(child.stderr)];
    const closed = once(child, 'close');
    child.stdin?.end(scenario.stdin ?? '');
    if (scenario.signal !== undefined) {
      const { signalSaid: said } = scenario;
      const isTime = () => (said === undefined ? isWaiting(cloud) : stderr().includes(said));
      await signalOnce(isTime, child, scenario.signal);
    }
    const [exit] = await closed;
    const show = (printed: string) => printed.replaceAll(directory, '<dir>');
    const requests = sentRequests(cloud);
    assertAllKnown(cloud);
    await look(cloud);
    return { name: scenario.name, exit, stdout: show(stdout()), stderr: show(stderr()), requests };
  } finally {
    await stopAgent(client, directory);
    await cloud.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A client that was answered "no route" has proved nothing. */
function assertAllKnown(cloud: Cloud): void {
  const unknown = cloud.journal.entries({ unknown: true });
  if (unknown.length === 0) return;
  const asked = unknown.map(({ method, path, body }) => `${method} ${path} ${body}`).join('\n');
  throw new Error(`the local cloud does not know what it was asked for:\n${asked}`);
}

function seededFor(scenario: Scenario): ServiceFactory<Fly> {
  return (context) =>
    new Fly(context, (fly) => {
      fly.world.addToken({ value: demo.fly.token, kind: 'org', email: 'a@b.c' });
      fly.createApp({ name: 'shop', image: images.v1, ...scenario.app });
      scenario.given?.(fly);
    });
}

async function prepare(cloud: Cloud, scenario: Scenario): Promise<void> {
  const fly = cloud.service('fly');
  if (!(fly instanceof Fly)) throw new Error('the cloud has no Fly');
  for (const rule of scenario.faults ?? []) cloud.faults.add(rule);
  await fly.settled();
  if (scenario.leaseHeldBy === undefined) return;
  const held = { nonce: 'held', owner: scenario.leaseHeldBy, description: '', ttlSeconds: 600 };
  for (const machine of fly.world.apps.get('shop')?.machines.values() ?? [])
    machine.lease.acquire(held, undefined);
}

export function start(
  [command, ...before]: Client,
  scenario: Pick<Scenario, 'argv' | 'token' | 'signal'>,
  place: { cloud: Cloud; directory: string },
) {
  const { FLY_APP: _, FLY_API_TOKEN: token = '', ...env } = clientEnvironment(place.cloud);
  return spawn(command, [...before, ...scenario.argv], {
    cwd: place.directory,
    env: {
      ...env,
      HOME: place.directory,
      PATH: process.env.PATH,
      FLY_CONFIG_DIR: configDirectory(place.directory),
      FLY_EMIT_RELEASE_JSON: '1',
      // The stand-in's, long enough to be interrupted in; the real one always takes its twenty seconds.
      STAND_IN_BLUEGREEN_PAUSE_MS: scenario.signal === undefined ? '500' : '10000',
      FLY_API_TOKEN: scenario.token ?? token,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function configDirectory(directory: string): string {
  return join(directory, '.fly');
}

function isWaiting(cloud: Cloud): boolean {
  return cloud.journal.entries().some(({ route }) => route === 'flaps.machines.wait');
}

async function signalOnce(isTime: () => boolean, child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  while (!isTime() && child.exitCode === null) await delay(20);
  child.kill(signal);
}

/** The real flyctl leaves an agent behind when it looked for logs. It ends with its config directory's socket. */
export async function stopAgent([command, ...before]: Client, directory: string): Promise<void> {
  const env = { PATH: process.env.PATH, HOME: directory, FLY_CONFIG_DIR: configDirectory(directory) };
  const child = spawn(command, [...before, 'agent', 'stop'], { env, stdio: 'ignore' });
  await once(child, 'close');
}

function sentRequests(cloud: Cloud): SentRequest[] {
  return cloud.journal
    .entries()
    .filter(({ service }) => service === 'fly')
    .map(({ method, path, headers, body, status }) => ({
      method,
      path,
      auth: headers.authorization?.split(' ')[0] ?? '',
      nonce: headers['fly-machine-lease-nonce'] !== undefined,
      body: body === '' ? null : JSON.parse(body),
      status,
    }));
}

/** Reads a stream from now on; what was printed so far. */
function printedOn(stream: NodeJS.ReadableStream | null): () => string {
  let printed = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (part) => {
    printed += part;
  });
  return () => printed;
}
