import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/** Thousands of schedules of several runs at once: in a script of its own, so that `npm test` stays quick. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/races/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
