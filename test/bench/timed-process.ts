import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface TimedProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a process to its end and answers how long it took, in milliseconds. Fails unless it exits with 0. */
export async function timed({ command, args, env, cwd }: TimedProcess): Promise<number> {
  const from = performance.now();
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const [code] = await once(child, 'exit');
  const tookMs = performance.now() - from;
  if (code !== 0) throw new Error(`${command} ${args[0]} exited with ${code}:\n${Buffer.concat(output)}`);
  return tookMs;
}
