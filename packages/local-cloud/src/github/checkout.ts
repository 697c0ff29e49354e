import { spawnSync } from 'node:child_process';
import type { Commit, TreeEntry } from './commit.ts';
import type { CommitSource } from './commit-source.ts';
import type { RepositoryName } from './seed.ts';

const maxBytes = 1024 * 1024 * 1024;
const [field, end] = ['\u001f', '\u001e'];
/** Full SHA, parents, tree, author, email, seconds, message. */
const format = ['%H', '%P', '%T', '%an', '%ae', '%at', '%B'].join('%x1f').concat('%x1e');

/** A git checkout on this machine, asked and never changed. */
export class Checkout implements CommitSource {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Undefined where the directory is in no checkout, or there is no git. */
  static at(directory: string): Checkout | undefined {
    const found = git(directory, ['rev-parse', '--show-toplevel'])?.trim();
    return found === undefined || found === '' ? undefined : new Checkout(found);
  }

  /** What `origin` is on github.com, as `owner/name`. */
  get origin(): RepositoryName | undefined {
    const url = this.#git('config', '--get', 'remote.origin.url')?.trim() ?? '';
    const [, owner, name] = /[/@]github\.com[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(url) ?? [];
    return owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
  }

  /** The branch that is checked out; undefined where none is. */
  get branch(): string | undefined {
    return this.#git('symbolic-ref', '--quiet', '--short', 'HEAD')?.trim();
  }

  history(sha: string, without: readonly string[]): readonly Commit[] {
    const range = [sha, ...without.map((known) => `^${known}`)];
    const listed = this.#git('rev-list', '--topo-order', '--reverse', `--format=${format}`, ...range, '--');
    return (listed ?? '')
      .split(end)
      .map((record) => record.replace(/^\s*commit [0-9a-f]+\n/, ''))
      .filter((record) => record.includes(field))
      .map(commitOf);
  }

  /** Branches are first those of the checkout, then those of `origin`. */
  resolve(name: string): string | undefined {
    if (!/^\w[\w./-]*$/.test(name)) return undefined;
    const places = [`refs/heads/${name}`, `refs/tags/${name}`, `refs/remotes/origin/${name}`];
    const names = /^[0-9a-f]{4,40}$/.test(name) ? [...places, name] : places;
    return names.map((place) => this.#commit(place)).find((sha) => sha !== undefined);
  }

  files(tree: string): readonly TreeEntry[] {
    const listed = this.#git('ls-tree', '-r', '-z', '--full-tree', tree) ?? '';
    return [...listed.matchAll(/(\d+) (blob|commit) ([0-9a-f]+)\t([^\0]+)\0/g)].map(
      ([, mode = '', type, sha = '', path = '']) => ({
        path,
        mode,
        type: type === 'blob' ? type : 'commit',
        sha,
      }),
    );
  }

  #commit(name: string): string | undefined {
    return this.#git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)?.trim();
  }

  #git(...args: readonly string[]): string | undefined {
    return git(this.#directory, args);
  }
}

/** What git prints; undefined where it fails. */
function git(directory: string, args: readonly string[]): string | undefined {
  // A hook's GIT_DIR means another repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { status, stdout } = spawnSync('git', ['--no-optional-locks', ...args], {
    cwd: directory,
    env,
    encoding: 'utf8',
    maxBuffer: maxBytes,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}

function commitOf(record: string): Commit {
  const [sha = '', parents = '', tree = '', name = '', email = '', seconds = '', message = ''] =
    record.split(field);
  return {
    sha,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    tree,
    author: { name, email, date: Number(seconds) * 1000 },
    message: message.trimEnd(),
  };
}
