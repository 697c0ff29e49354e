import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventPayload } from './github-context.ts';
import type { JobSpec } from './job-spec.ts';

/** Where a job lives. What the caller did not bring lies under `root` and goes with it. */
export interface JobFolders {
  readonly root: string;
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  /** Empty, so that no tool finds the developer's own configuration. */
  readonly home: string;
  readonly eventPath: string;
}

export async function createFolders(spec: JobSpec): Promise<JobFolders> {
  const root = await mkdtemp(path.join(tmpdir(), 'local-runner-'));
  const folders = {
    root,
    workspace: spec.workspace ?? path.join(root, 'workspace'),
    temp: spec.temp ?? path.join(root, 'temp'),
    toolCache: spec.toolCache ?? path.join(root, 'tool-cache'),
    home: path.join(root, 'home'),
    eventPath: path.join(root, 'event.json'),
  };
  for (const folder of [folders.workspace, folders.temp, folders.toolCache, folders.home]) {
    await mkdir(folder, { recursive: true });
  }
  await writeFile(folders.eventPath, JSON.stringify(eventPayload(spec.github ?? {})));
  return folders;
}

export async function removeFolders({ root }: JobFolders): Promise<void> {
  // a killed orphan may still write for a moment
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
}
