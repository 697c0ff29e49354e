import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { isExecutable } from './executable.ts';

export type FoundFlyctl =
  | { readonly path: string; readonly why?: never }
  | { readonly path?: never; readonly why: string };

/**
 * The real flyctl: the one that BELAY_FLYCTL names, else the one on PATH. A name that is not a flyctl is an error: whoever
 * named one would take what follows for its doing.
 */
export function findFlyctl(env: NodeJS.ProcessEnv = process.env): FoundFlyctl {
  const named = env.BELAY_FLYCTL;
  if (named !== undefined && named !== '') return { path: namedFlyctl(named) };
  const directories = (env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  const path = directories.map((directory) => join(directory, 'flyctl')).find(isExecutable);
  return path === undefined ? { why: 'no flyctl on PATH, and BELAY_FLYCTL is not set' } : { path };
}

/**
 * What a flyctl says of its version. It is given folders of its own to live in: asked for no more than this, flyctl
 * makes `~/.fly`, keeps a log there, and asks Fly for a newer one.
 */
export function flyctlVersion(path: string): { readonly says: string; readonly failed?: string } {
  const home = mkdtempSync(join(tmpdir(), 'belay-flyctl-'));
  try {
    const { error, status, signal, stdout } = spawnSync(path, ['version'], {
      encoding: 'utf8',
      timeout: 20_000,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        FLY_CONFIG_DIR: join(home, '.fly'),
        FLY_NO_UPDATE_CHECK: '1',
        FLY_SEND_METRICS: '0',
      },
    });
    const says = (stdout ?? '').trim();
    if (error !== undefined) return { says, failed: error.message };
    return status === 0 ? { says } : { says, failed: `it ended with ${status ?? signal}` };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function namedFlyctl(named: string): string {
  const path = resolve(named);
  const { says, failed } = isExecutable(path) ? flyctlVersion(path) : { says: '', failed: unusable(path) };
  if (failed === undefined && /^fly(?:ctl)? v\d(?!.*Commit: stand-in)/.test(says)) return path;
  const what = failed ?? `its \`version\` says ${says === '' ? 'nothing' : `"${says.slice(0, 100)}"`}`;
  throw new Error(
    `BELAY_FLYCTL is "${named}", which is no flyctl: ${what}. Name the executable of a flyctl, or unset BELAY_FLYCTL: ` +
      'then the flyctl on PATH is taken.',
  );
}

function unusable(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'there is no such file';
  return stats.isFile() ? 'the file is not executable' : 'it is not a file';
}
