import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answers, type ScriptedServer, scriptedServer } from './scripted-server.ts';

const run = promisify(execFile);

/** A place that releases are downloaded from: path → content. A path that is not there is a 404. */
export interface ReleaseHost extends ScriptedServer {
  readonly files: Map<string, Buffer | string>;
}

export async function releaseHost(
  files: Readonly<Record<string, Buffer | string>> = {},
): Promise<ReleaseHost> {
  const content = new Map(Object.entries(files));
  const server = await scriptedServer((request, response) => {
    const body = content.get(request.url ?? '');
    if (body === undefined) answers(404, 'Not Found')(request, response);
    else response.writeHead(200).end(body);
  });
  return Object.assign(server, { files: content });
}

/** A `.tar.gz` that holds one executable: a shell script that prints a line, whatever it is asked. */
export async function toolArchive(name: string, line: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-archive-'));
  try {
    await mkdir(join(folder, 'content'));
    await writeFile(join(folder, 'content', name), `#!/bin/sh\necho "${line}"\n`);
    await chmod(join(folder, 'content', name), 0o755);
    await run('tar', ['-czf', join(folder, 'archive'), '-C', join(folder, 'content'), name]);
    return await readFile(join(folder, 'archive'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A `.tar.gz` whose only entry would be written beside the folder it is unpacked into. */
export async function climbingArchive(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-archive-'));
  try {
    await writeFile(join(folder, 'flyctl'), 'evil');
    const outwards = ['--transform', 's,^,../,', '-C', folder, 'flyctl'];
    await run('tar', ['-czPf', join(folder, 'archive'), ...outwards]);
    return await readFile(join(folder, 'archive'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
