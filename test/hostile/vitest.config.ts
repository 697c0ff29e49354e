import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/** What a service may do to the process that asks it: in a script of its own, since it works the machine hard. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/hostile/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 40_000,
    maxWorkers: 2,
  },
});
