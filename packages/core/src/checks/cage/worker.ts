import { Worker } from 'node:worker_threads';
import { loadChecks } from '../load-checks.ts';
import { Announcer, beatMs, exceptionExit } from './announcements.ts';
import { Floor } from './floor.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { Service } from './service.ts';

/**
 * Ends this process once the one that started it is gone, whatever holds its own thread then: nobody else would, on a
 * laptop or a runner that lives on.
 */
function watchOver(parent: number): void {
  const program = `setInterval(() => process.ppid === ${parent} || process.kill(process.pid, 'SIGKILL'), 1000)`;
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  new Worker(program, { eval: true, env: {}, execArgv: [], resourceLimits }).unref();
}

/** Reads a check of its own, so that the first that is given finds everything loaded: nothing is asked yet. */
function warmUp(): void {
  const check = '- { name: a, http: "http://127.0.0.1", expect: { status: 200, jsonpath: { $.a: 1 } } }';
  void loadChecks(check, { root: '.' }).catch(() => {});
}

/** The process that runs checks: it holds no token, and whoever started it can end it at any moment. */
function main(): void {
  const announcer = new Announcer();
  const floor = new Floor(announcer);
  const service = new Service(floor, (message: FromWorker) => process.send?.(message));
  let beating: NodeJS.Timeout | undefined;
  process.on('message', (message: ToWorker) => {
    clearTimeout(idle);
    beating ??= setInterval(() => announcer.beat(), beatMs);
    void service.take(message).then(() => {
      if (service.isBusy) return;
      clearInterval(beating);
      beating = undefined;
    });
  });
  // Who started it is gone.
  process.on('disconnect', () => process.exit(0));
  // A person's Ctrl-C reaches the whole group; who started it decides.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  announcer.beat();
  watchOver(process.ppid);
  const idle = setTimeout(warmUp, 20);
  const uncaught = (error: unknown) => {
    if (!floor.blame(error)) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(exceptionExit);
    }
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);
}

main();
