import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** File name → content. */
export type Assets = ReadonlyMap<string, Buffer>;

const systems = ['Linux_x86_64', 'Linux_arm64', 'macOS_x86_64', 'macOS_arm64'];

/** The assets of one flyctl release, as goreleaser names them: archives holding just `flyctl`, and their checksums. */
export async function packRelease(
  version: string,
  from: { readonly executable: string; readonly dir: string },
): Promise<Assets> {
  const work = join(from.dir, version);
  await mkdir(work, { recursive: true });
  await copyFile(from.executable, join(work, 'flyctl'));
  await chmod(join(work, 'flyctl'), 0o755);
  const archive = join(work, 'flyctl.tar.gz');
  await run('tar', ['-czf', archive, '-C', work, 'flyctl']);
  const content = await readFile(archive);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const names = systems.map((system) => `flyctl_${version}_${system}.tar.gz`);
  const checksums = names.map((name) => `${sha256}  ${name}\n`).join('');
  return new Map([
    ...names.map((name): [string, Buffer] => [name, content]),
    [checksumsName(version), Buffer.from(checksums)],
  ]);
}

/** Releases up to 0.2.80 have the file without the version in its name. */
function checksumsName(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const old = major === 0 && (minor < 2 || (minor === 2 && patch <= 80));
  return old ? 'checksums.txt' : `flyctl_${version}_checksums.txt`;
}
