import { defineConfig } from 'vitest/config';

const conditions = ['source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/{core,actions,contract,local-cloud,local-runner}/**/*.test.ts'],
    testTimeout: 40_000,
    hookTimeout: 40_000,
    // Runs of the bundles wait more than they work: for GitHub to show records, and for a second answer.
    maxWorkers: 6,
  },
});
