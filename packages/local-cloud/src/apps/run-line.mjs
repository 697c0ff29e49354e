/** `node run-line.mjs LINE`: a line for the shell, in a process group of its own that ends with the cloud. */
import { spawn } from 'node:child_process';

// Signals go to the whole group. The shell waits for what it started, however long that takes to end.
const line = `trap : TERM INT\n${process.argv[2] ?? 'true'}`;
const inside = new URL('inside-container.mjs', import.meta.url).href;
const env = { ...process.env, NODE_OPTIONS: `--import ${inside} ${process.env.NODE_OPTIONS ?? ''}`.trim() };
const shell = spawn('/bin/sh', ['-c', line], { stdio: 'inherit', env });
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => undefined);
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.channel?.unref();
shell.on('exit', (code) => process.exit(code ?? 1));
