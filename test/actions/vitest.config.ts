import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/** Each action as its users get it: runs of the bundles, in a script of its own, so that `npm test` stays quick. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/actions/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 40_000,
    // Runs of the bundles wait more than they work: for GitHub to show records, and for a second answer.
    maxWorkers: 4,
  },
});
