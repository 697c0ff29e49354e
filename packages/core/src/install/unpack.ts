import { access, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ActionFailure } from '../failure.ts';
import { commonVariables, namedVariables, type Variables } from '../process/environment.ts';
import { unpackZip } from './unpack-zip.ts';

/**
 * Unpacks a `.tar.gz` or `.zip` into a folder, and nothing of it anywhere else. `env` is the job's: the program that
 * unpacks sees what programs need of it. Failure: `install-failed`.
 */
export async function unpack(archive: string, into: string, env: Variables): Promise<void> {
  try {
    if (archive.endsWith('.zip')) await unpackZip(archive, into);
    else await unpackTar(archive, into, env);
  } catch (error) {
    throw new ActionFailure(
      {
        code: 'install-failed',
        what: `${basename(archive)} could not be unpacked: ${error instanceof Error ? error.message : error}`,
        why: 'it is damaged, or was made to write outside its folder',
        next: 'Choose another version, and report this one to its publisher',
      },
      { cause: error },
    );
  }
}

/** An archive without the executable is not installed, since later runs would find it. Failure: `install-failed`. */
export async function requireExecutable(archive: string, folder: string, executable: string): Promise<void> {
  await access(join(folder, executable)).catch((cause) => {
    throw new ActionFailure(
      {
        code: 'install-failed',
        what: `${basename(archive)} holds no ${executable}`,
        why: 'it is not the archive it is called',
        next: 'Choose another version, and report this one to its publisher',
      },
      { cause },
    );
  });
}

/** Every runner has a tar, and each of them refuses paths that climb. The toolkit's would show it the whole job. */
async function unpackTar(archive: string, into: string, env: Variables): Promise<void> {
  const [{ exec }] = await Promise.all([import('@actions/exec'), mkdir(into, { recursive: true })]);
  const options = { env: namedVariables(env, commonVariables), silent: true };
  await exec('tar', ['-x', '-z', '-C', into, '-f', archive], options);
}
