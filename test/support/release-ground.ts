import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Released, release } from '../../scripts/release/release.ts';

/** git of nobody: no signing, no hooks, no settings of this machine. */
export const nobody = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Nobody',
  GIT_AUTHOR_EMAIL: 'nobody@example.com',
  GIT_COMMITTER_NAME: 'Nobody',
  GIT_COMMITTER_EMAIL: 'nobody@example.com',
};

export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, env: nobody, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}

export interface ReleaseOutcome {
  readonly said: readonly string[];
  readonly released?: Released;
  readonly refused?: string;
}

export interface ReleaseOptions {
  readonly isDryRun?: boolean;
  readonly built?: string;
  /** What happens between the look that decides and the push. */
  readonly meanwhile?: () => void;
}

/** A repository that releases: a bare remote, a clone of it, and a build that copies `source.js` into `dist/`. */
export class ReleaseGround {
  readonly #dir = mkdtempSync(join(tmpdir(), 'belay-ground-'));
  readonly root = join(this.#dir, 'clone');
  readonly remote = join(this.#dir, 'remote.git');
  readonly out = join(this.#dir, 'out');

  constructor() {
    git(this.#dir, 'init', '--quiet', '--bare', '--initial-branch=main', this.remote);
    git(this.#dir, 'clone', '--quiet', this.remote, this.root);
    git(this.root, 'checkout', '--quiet', '-b', 'main');
  }

  /** Writes files, commits all, and pushes main unless told not to; answers the commit. */
  commit(files: Readonly<Record<string, string>>, { merged = true } = {}): string {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
    git(this.root, 'add', '--all');
    git(this.root, 'commit', '--quiet', '--allow-empty', '--message', 'A change');
    if (merged) git(this.root, 'push', '--quiet', 'origin', 'HEAD:main');
    return git(this.root, 'rev-parse', 'HEAD');
  }

  /** All that a release of this version needs, committed. */
  prepare(version: string, options?: { readonly merged?: boolean }): string {
    return this.commit(
      {
        'package.json': JSON.stringify({ version }),
        'CHANGELOG.md': `# Changelog\n\n## Unreleased\n\n## ${version}\n\n- What is new in ${version}.\n`,
        'source.js': `// ${version}\n`,
        'dist/example/index.js': `// ${version}\n`,
        'actions/example/action.yml': 'name: Example\n',
        LICENSE: 'MIT\n',
      },
      options,
    );
  }

  tag(name: string, commit: string): void {
    git(this.root, 'push', '--quiet', '--force', 'origin', `${commit}:refs/tags/${name}`);
  }

  async release(tag: string, { meanwhile, ...options }: ReleaseOptions = {}): Promise<ReleaseOutcome> {
    const said: string[] = [];
    const { root, out } = this;
    const build = async (into: string) => {
      mkdirSync(join(into, 'example'), { recursive: true });
      meanwhile?.();
      cpSync(join(root, 'source.js'), join(into, 'example', 'index.js'));
    };
    const request = { root, out, tag, build, remote: 'origin', branch: 'main', isDryRun: false, ...options };
    try {
      return { said, released: await release({ ...request, say: (line) => said.push(line) }) };
    } catch (error) {
      return { said, refused: (error as Error).message };
    }
  }

  /** What the remote's tags are of. */
  tags(): Readonly<Record<string, string>> {
    const lines = git(this.remote, 'for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/tags');
    return Object.fromEntries(lines.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')])));
  }

  close(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
