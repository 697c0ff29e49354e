import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/** Runs of the bundles that are cut at random moments: in a script of its own, so that `npm test` stays quick. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/cancels/**/*.test.ts'],
    // `BELAY_CANCELS` may ask for hours.
    testTimeout: 0,
    hookTimeout: 30_000,
  },
});
