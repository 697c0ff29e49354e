import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zipFile } from './zip-file.ts';

const run = promisify(execFile);

/** File name → content. */
export type Assets = ReadonlyMap<string, Buffer>;

const unixes = ['Linux_x86_64', 'Linux_arm64', 'macOS_x86_64', 'macOS_arm64'];
const windowses = ['Windows_x86_64', 'Windows_arm64'];

/** The assets of one flyctl release, as goreleaser names and fills them: an archive for each system, and checksums. */
export async function packRelease(
  version: string,
  from: { readonly executable: string; readonly dir: string },
): Promise<Assets> {
  const [tar, zip] = await Promise.all([tarOf(version, from), zipOf(from.executable)]);
  const assets = [
    ...unixes.map((system): [string, Buffer] => [`flyctl_${version}_${system}.tar.gz`, tar]),
    ...windowses.map((system): [string, Buffer] => [`flyctl_${version}_${system}.zip`, zip]),
  ];
  const checksums = assets.map(([name, content]) => `${sha256(content)}  ${name}\n`).join('');
  return new Map([...assets, [checksumsName(version), Buffer.from(checksums)]]);
}

async function tarOf(version: string, { executable, dir }: { executable: string; dir: string }) {
  const work = join(dir, version);
  await mkdir(work, { recursive: true });
  await copyFile(executable, join(work, 'flyctl'));
  await chmod(join(work, 'flyctl'), 0o755);
  const archive = join(work, 'flyctl.tar.gz');
  await run('tar', ['-czf', archive, '-C', work, 'flyctl']);
  return readFile(archive);
}

/** The driver beside it is for WireGuard, which no deploy uses. */
async function zipOf(executable: string): Promise<Buffer> {
  const content = await readFile(executable);
  return zipFile([
    { name: 'flyctl.exe', content, mode: 0o755 },
    { name: 'wintun.dll', content: 'MZ' },
  ]);
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Releases up to 0.2.80 have the file without the version in its name. */
function checksumsName(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const old = major === 0 && (minor < 2 || (minor === 2 && patch <= 80));
  return old ? 'checksums.txt' : `flyctl_${version}_checksums.txt`;
}
