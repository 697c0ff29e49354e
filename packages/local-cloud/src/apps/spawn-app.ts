import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AppSpec, TreeSpec } from './apps.ts';
import { startOf } from './start-line.ts';

/** A process, and how a signal reaches all of it. */
export interface SpawnedApp {
  readonly child: ChildProcess;
  readonly innerPort: number;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const appRunner = fileURLToPath(new URL('run-app.mjs', import.meta.url));
const lineRunner = fileURLToPath(new URL('run-line.mjs', import.meta.url));
const insideContainer = new URL('inside-container.mjs', import.meta.url).href;
/** Where a program listens whose environment has no PORT; 8080 is what most images of Fly's guides use. */
const ownPorts: Readonly<Record<string, number>> = { database: 5432, 'fly-postgres': 5500 };
const usualPort = 8080;
/** An own environment: what is baked in and given, nothing of ours. The IPC channel ends the child when we die. */
const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;

/** An application of the catalogue, which listens on `port` of loopback. */
export function spawnApp({ app, env, command = [] }: AppSpec, port: number): SpawnedApp {
  const innerPort = Number(env.PORT ?? ownPorts[app] ?? usualPort);
  const child = spawn(process.execPath, [appRunner, app, ...command], {
    env: { ...env, PORT: String(innerPort), LOOPBACK_PORT: String(port) },
    stdio: [...stdio],
  });
  return { child, innerPort, kill: (signal) => child.kill(signal) };
}

/** What was uploaded, started by its line: a Node program by our own Node, anything else by a shell in its own group. */
export function spawnTree({ tree, line, env }: TreeSpec, port: number): SpawnedApp {
  const start = startOf(line, tree);
  // A program that is no Node's binds what it is told, so it is told the port it is reached at.
  const innerPort = Number(env.PORT ?? (start.kind === 'node' ? usualPort : port));
  const own = { PATH: process.env.PATH ?? '', HOME: tree, ...start.env, ...env };
  const given = { ...own, PORT: String(innerPort), LOOPBACK_PORT: String(port) };
  const options = { cwd: tree, stdio: [...stdio] };
  if (start.kind === 'node') {
    const words = ['--import', insideContainer, ...start.words];
    const child = spawn(process.execPath, words, { ...options, env: given });
    return { child, innerPort, kill: (signal) => child.kill(signal) };
  }
  const child = spawn(process.execPath, [lineRunner, start.line], { ...options, env: given, detached: true });
  return { child, innerPort, kill: (signal) => killGroup(child, signal) };
}

/** The group may outlive the process that leads it. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}
