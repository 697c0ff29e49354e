import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/** Hundreds of servers that mean ill, asked by every type of check: in a script of its own, so that `npm test` stays quick. */
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
