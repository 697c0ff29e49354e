import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/**
 * What a service may do to the process that asks it, and hundreds of servers that mean ill: in a script of its own, since
 * it works the machine hard.
 */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/hostile/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 30_000,
    // The one suite measures the time, the other the memory, of the process it runs in.
    fileParallelism: false,
    // Otherwise V8 keeps what many short lives need at once, and it looks like growth.
    execArgv: ['--max-semi-space-size=2', '--expose-gc'],
  },
});
