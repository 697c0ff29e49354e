import type { OpenMode } from './mode.ts';
import type { ModeName } from './names.ts';

/** What a mode needs is read only where it is chosen. */
export const modes: Readonly<Record<ModeName, OpenMode>> = {
  upload: async (parts) => (await import('./upload.ts')).openUpload(parts),
  watch: async (parts) => (await import('./watch.ts')).openWatch(parts),
  redeploy: async (parts) => (await import('./redeploy.ts')).openRedeploy(parts),
  'deploy-commit': async (parts) => (await import('./deploy-commit.ts')).openDeployCommit(parts),
  image: async (parts) => (await import('./image.ts')).openImage(parts),
};
