import { defineConfig } from 'vitest/config';

const conditions = ['source'];

/**
 * What is meant to run on Windows and macOS as on Linux: what is decided, read and written without asking the machine, and
 * how tools are installed. Not here, and tested on Linux alone: processes and how they are ended, the checks that ask a
 * server, the local cloud, and the bundles as a runner starts them.
 */
const everywhere = [
  'test/core/{text,inputs,gates,github,ledger,report,rollout}/**/*.test.ts',
  'test/core/runner/{context,masking,summary,tested-commit}.test.ts',
  'test/core/install/checksums.test.ts',
];

/**
 * Their tools are shell scripts with modes, so Windows runs none of these: that flyctl.exe is found there is shown on Linux,
 * with archives of the form that its releases have. unpack-tar.test.ts packs what only GNU tar packs, and runs on Linux alone.
 */
const whereShellScriptsRun = ['test/core/install/{everywhere,install-tool,unpack}.test.ts'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [...everywhere, ...(process.platform === 'win32' ? [] : whereShellScriptsRun)],
    testTimeout: 60_000,
    hookTimeout: 40_000,
  },
});
