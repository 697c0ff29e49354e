import type { Reporter, TestModule } from 'vitest/node';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { findRailway } from './find-program.ts';
import { findPostgres, findRedis } from './servers/find-server.ts';

/** The tests of each client are its `real-<name>*.test.ts`. */
const clients = [
  { name: 'flyctl', find: findFlyctl },
  { name: 'railway', find: findRailway },
  { name: 'postgres', find: findPostgres },
  { name: 'redis', find: findRedis },
] as const;

/** Ends the run with one line for each client: whether the real one was there, and how much it was put to. */
export default class ClientLines implements Reporter {
  /** A client that is named and is none ends the run before any test. */
  onInit(): void {
    for (const { find } of clients) find();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = clients.map(({ name, find }) => {
      const { why } = find();
      return `client ${name}: ${why === undefined ? `ran ${ranOf(name, modules)}` : `skipped: ${why}`}\n`;
    });
    // After the summary, which is written by the reporter before this one.
    setImmediate(() => process.stdout.write(lines.join('')));
  }
}

function ranOf(name: string, modules: readonly TestModule[]): number {
  const file = new RegExp(`/real-${name}[^/]*\\.test\\.ts$`);
  const tests = modules
    .filter(({ moduleId }) => file.test(moduleId))
    .flatMap((module) => [...module.children.allTests()]);
  return tests.filter((test) => test.result().state !== 'skipped').length;
}
