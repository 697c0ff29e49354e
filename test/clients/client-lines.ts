import type { Reporter, TestModule } from 'vitest/node';
import { findFlyctl } from '../../scripts/find-flyctl.ts';

/** Ends the run with one line for each client: whether the real one was there, and how much it was put to. */
export default class ClientLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const { why } = findFlyctl();
    const real = modules.filter(({ moduleId }) => /\/real-flyctl[^/]*\.test\.ts$/.test(moduleId));
    const tests = real.flatMap((module) => [...module.children.allTests()]);
    const ran = tests.filter((test) => test.result().state !== 'skipped').length;
    const line = why === undefined ? `ran ${ran}` : `skipped: ${why}`;
    // After the summary, which is written by the reporter before this one.
    setImmediate(() => process.stdout.write(`client flyctl: ${line}\n`));
  }
}
