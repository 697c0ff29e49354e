import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** What checks may read of the machine they run on. */
export interface FileRules {
  /** The workspace: nothing outside it is read, whatever a path or a symbolic link says. */
  readonly root: string;
  /** Why the run is not trusted, one sentence; undefined when it is. Its checks read no file, use no secret and run no program. */
  readonly untrusted?: string | undefined;
}

/** Why a file is not used, as a clause that follows "it": the rule, and nothing of what stands in the file. */
export class FileRefusal extends Error {}

/** Bytes of a file that a check names: a body, a certificate, a schema. */
export const mostFileBytes = 16 * 1024 * 1024;

/**
 * The bytes of a regular file within the workspace, judged by its real path. Throws FileRefusal for any other, and for
 * one of more than `mostBytes`.
 */
export function readWorkspaceFile(path: string, { root }: FileRules, mostBytes = mostFileBytes): Buffer {
  return told(() => {
    const real = realPath(path, root);
    // Before it is opened: opening a named pipe waits, and opening a device may do something.
    refuseIrregular(statSync(real));
    const descriptor = openSync(real, constants.O_RDONLY | noFollow | noWait);
    try {
      const facts = fstatSync(descriptor);
      refuseIrregular(facts);
      if (facts.size > mostBytes) throw new FileRefusal(`is larger than ${sizeText(mostBytes)}`);
      return bytesOf(descriptor, facts.size);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** The real path of a folder within the workspace. Throws FileRefusal for any other. */
export function workspaceFolder(path: string, { root }: FileRules): string {
  return told(() => {
    const real = realPath(path, root);
    if (!statSync(real).isDirectory()) throw new FileRefusal('is no folder');
    return real;
  });
}

/** Windows has neither. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const noWait = constants.O_NONBLOCK ?? 0;

function realPath(path: string, root: string): string {
  refuseSystem(path);
  const real = realpathSync(path);
  refuseSystem(real);
  const within = relative(realpathSync(root), real);
  if (within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within))
    throw new FileRefusal('lies outside the workspace, symbolic links followed: checks read nothing else');
  // actions/checkout leaves the job's token in .git/config.
  if (within.split(sep).some((part) => part.toLowerCase() === '.git'))
    throw new FileRefusal('is part of .git, which may hold the token of the job: checks never read it');
  return real;
}

/** Processes with their environments and memory, the kernel, devices. */
function refuseSystem(path: string): void {
  const system = ['/proc', '/sys', '/dev'].find((one) => path === one || path.startsWith(`${one}/`));
  if (system !== undefined) throw new FileRefusal(`is part of ${system}, which checks never read`);
}

function refuseIrregular(facts: { isFile(): boolean }): void {
  if (!facts.isFile())
    throw new FileRefusal('is no regular file: folders, pipes, sockets and devices are not read');
}

/** A file that grows meanwhile is read as far as it was. */
function bytesOf(descriptor: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** What the system says may show where a link leads; its code says enough. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
    throw new FileRefusal(isAbsent ? 'is not there' : `cannot be opened (${code})`, { cause: error });
  }
}

/** `16 MiB`. */
export function sizeText(bytes: number): string {
  return `${bytes / (1024 * 1024)} MiB`;
}
