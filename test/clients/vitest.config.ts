import { defineConfig } from 'vitest/config';
import ClientLines from './client-lines.ts';

const conditions = ['source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/clients/**/*.test.ts'],
    reporters: ['default', new ClientLines()],
    testTimeout: 120_000,
    hookTimeout: 30_000,
    maxConcurrency: 3,
    // One file after the other: both start many processes, and a starved one misses its boot time.
    fileParallelism: false,
  },
});
