import { defineConfig } from 'vitest/config';

const conditions = ['source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/{core,contract,local-cloud,local-runner}/**/*.test.ts'],
    testTimeout: 40_000,
    hookTimeout: 40_000,
    maxWorkers: 4,
  },
});
