import { execFileSync } from 'node:child_process';

/** Runs Git in a folder, which is its home as well, as if nobody had ever configured it. */
export function gitAlone(folder: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: '',
  };
  return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
