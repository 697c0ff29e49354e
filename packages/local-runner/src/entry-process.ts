import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ladder } from './job-spec.ts';
import { LineSplitter } from './line-splitter.ts';

/** The process of one stage. Its children are its own affair: no signal is sent to them. */
export interface EntryProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Starts the ladder. */
  readonly stop: AbortSignal;
  /** Kills at once. */
  readonly cutOff: AbortSignal;
  readonly ladder: Ladder;
  readonly heldOutputMs: number;
}

/** Runs it to its end and answers the exit code, 128 + number for a signal. Rejects when it cannot be started. */
export async function runEntry(entry: EntryProcess): Promise<number> {
  const child = spawn(entry.command, entry.args, {
    cwd: entry.cwd,
    env: entry.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new AbortController();
  const closed = once(child, 'close');
  const exited = once(child, 'exit');
  // the ladder and the wait for output may outlive the interest in these
  for (const event of [closed, exited]) event.catch(() => undefined);
  const streams = [
    readLines(child.stdout, (line) => entry.onLine(line, 'stdout')),
    readLines(child.stderr, (line) => entry.onLine(line, 'stderr')),
  ];
  const kill = (signal: NodeJS.Signals) => child.kill(signal);
  whenAborted(entry.cutOff, ended.signal, () => kill('SIGKILL'));
  whenAborted(entry.stop, ended.signal, () => descend(kill, entry.ladder, ended.signal));
  try {
    const [code, signal] = (await exited) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } finally {
    ended.abort();
    await settledWithin(closed, entry.heldOutputMs);
    for (const { stream, splitter } of streams) {
      stream.destroy();
      splitter.end();
    }
  }
}

/** SIGINT → SIGTERM → SIGKILL, to this process alone. */
async function descend(
  kill: (signal: NodeJS.Signals) => void,
  ladder: Ladder,
  ended: AbortSignal,
): Promise<void> {
  try {
    kill('SIGINT');
    await delay(ladder.afterInterruptMs, undefined, { signal: ended });
    kill('SIGTERM');
    await delay(ladder.afterTerminateMs, undefined, { signal: ended });
    kill('SIGKILL');
  } catch {
    // it has ended, nothing is left to signal
  }
}

function whenAborted(signal: AbortSignal, ended: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true, signal: ended });
}

/** A child of the process may keep its stdout open for hours; the runner gives it a moment, then goes on. */
async function settledWithin(closed: Promise<unknown>, ms: number): Promise<void> {
  const waited = new AbortController();
  const patience = delay(ms, undefined, { signal: waited.signal }).catch(() => undefined);
  await Promise.race([closed.catch(() => undefined), patience]);
  waited.abort();
}

function readLines(stream: Readable, onLine: (line: string) => void) {
  const splitter = new LineSplitter(onLine);
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => splitter.push(chunk));
  return { stream, splitter };
}
