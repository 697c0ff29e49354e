import type { OpenMode } from './mode.ts';
import type { ModeName } from './names.ts';

/** What a mode needs is read only where it is chosen. */
export const modes: Readonly<Record<ModeName, OpenMode>> = {
  upload: async (parts) => (await import('./upload.ts')).openUpload(parts),
  watch: async (parts) => (await import('./watch.ts')).openWatch(parts),
};
