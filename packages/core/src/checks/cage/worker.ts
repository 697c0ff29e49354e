import { loadChecks } from '../load-checks.ts';
import { Announcer, beatMs, exceptionExit } from './announcements.ts';
import { compileLate } from './heap.ts';
import { JudgingTurn } from './judging-turn.ts';
import type { ToWorker } from './messages.ts';
import { Outbox } from './outbox.ts';
import { Service } from './service.ts';
import { watchOver } from './watcher.ts';

/** Reads a check of its own, so that the first that is given finds everything loaded: nothing is asked yet. */
function warmUp(): void {
  const check = '- { name: a, http: "http://127.0.0.1", expect: { status: 200, jsonpath: { $.a: 1 } } }';
  void loadChecks(check, { root: '.' }).catch(() => {});
}

/** The process that runs checks: it holds no token, and whoever started it can end it at any moment. */
function main(): void {
  compileLate();
  const announcer = new Announcer();
  const outbox = new Outbox(
    (messages) => process.send?.(messages),
    () => service.isAhead,
  );
  const turn = new JudgingTurn(announcer, outbox.beforeHolding);
  const service: Service = new Service(turn, outbox.add);
  let beating: NodeJS.Timeout | undefined;
  const parent = process.ppid;
  let isWatched = false;
  process.on('message', (messages: readonly ToWorker[]) => {
    clearTimeout(idle);
    // Until something is asked, this thread is free to hear of it itself.
    if (!isWatched) watchOver(parent, announcer);
    isWatched = true;
    beating ??= setInterval(() => announcer.beat(), beatMs);
    void Promise.all(messages.map((message) => service.take(message))).then(() => {
      if (service.isBusy) return;
      clearInterval(beating);
      beating = undefined;
    });
  });
  // Who started it is gone.
  process.on('disconnect', () => process.exit(0));
  // A person's Ctrl-C, and a terminal that is closed, reach the whole group; who started it decides.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  announcer.beat();
  const idle = setTimeout(warmUp, 20);
  const uncaught = (error: unknown) => {
    if (!turn.blame(error)) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(exceptionExit);
    }
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);
}

main();
