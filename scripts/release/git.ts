import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts, Move, Tag } from './plan.ts';

/** A clone, and the remote that it releases to. */
export interface Clone {
  readonly root: string;
  readonly remote: string;
  /** What is merged: `main`. */
  readonly branch: string;
}

/** What holds now, here and at the remote. */
export function readFacts({ root, remote, branch }: Clone): Facts {
  const git = gitIn(root);
  const commit = git('rev-parse', 'HEAD');
  askRemote(
    root,
    'fetch',
    '--quiet',
    '--no-tags',
    remote,
    `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`,
  );
  const isWithin = (older: string, newer: string) =>
    spawnSync('git', ['merge-base', '--is-ancestor', older, newer], { cwd: root }).status === 0;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    commit,
    uncommitted: git('status', '--porcelain', '--no-renames')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^.{1,2} +/, '')),
    isMerged: isWithin(commit, `refs/remotes/${remote}/${branch}`),
    branch: `${remote}/${branch}`,
    packageVersion: version,
    changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
    tags: readTags({ root, remote }),
    isAncestor: (older) => isWithin(older, commit),
  };
}

/** Of the remote, as they are now. */
export function readTags({ root, remote }: Pick<Clone, 'root' | 'remote'>): readonly Tag[] {
  const lines = askRemote(root, 'ls-remote', '--tags', remote).split('\n');
  const refs = new Map(
    lines.filter((line) => line !== '').map((line) => line.split('\t').reverse() as [string, string]),
  );
  return [...refs]
    .filter(([ref]) => !ref.endsWith('^{}'))
    .map(([ref, object]) => ({
      name: ref.slice('refs/tags/'.length),
      object,
      // An annotated tag is listed twice: itself, and what it is of.
      commit: refs.get(`${ref}^{}`) ?? object,
    }));
}

/**
 * What users of the actions run, in one file that anybody can make again from the tag: not compressed, since compressors
 * differ, and with the permissions that git has by default, whatever this machine is set to.
 */
export function archive(root: string, { tag, commit }: { tag: string; commit: string }): Archive {
  const args = ['-c', 'tar.umask=0002', 'archive', '--format=tar', `--prefix=belay-${tag}/`, commit];
  const content = execFileSync('git', [...args, ...archived], { cwd: root, maxBuffer: 1 << 30 });
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name: `belay-${tag}.tar`, content, sha256 };
}

export interface Archive {
  readonly name: string;
  readonly content: Buffer;
  readonly sha256: string;
}

const archived = ['LICENSE', 'actions', 'dist'];

/**
 * All tags or none; each only while the remote has it as it was when it was read. No `+`, which would overrule that.
 */
export function pushArguments(remote: string, commit: string, moves: readonly Move[]): readonly string[] {
  return [
    ...['push', '--atomic'],
    ...moves.map(({ tag, was = '' }) => `--force-with-lease=refs/tags/${tag}:${was}`),
    remote,
    ...moves.map(({ tag }) => `${commit}:refs/tags/${tag}`),
  ];
}

/** The remote did not answer, or not to this clone. */
export class RemoteUnreadable extends Error {}

function askRemote(root: string, command: string, ...args: readonly string[]): string {
  try {
    return gitIn(root)(command, ...args);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const lines = String(stderr ?? message).split('\n');
    const said = lines.find((line) => line.startsWith('fatal: ')) ?? lines[0];
    throw new RemoteUnreadable(`git ${command} says "${said}"`, { cause: error });
  }
}

export function gitIn(root: string): (...args: readonly string[]) => string {
  return (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}
