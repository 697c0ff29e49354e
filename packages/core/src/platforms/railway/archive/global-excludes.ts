import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What tells where a user's own configuration of Git is. */
export interface GitUser {
  readonly HOME?: string | undefined;
  readonly XDG_CONFIG_HOME?: string | undefined;
}

/**
 * The file of patterns that Git reads for every repository of a user: what `core.excludesFile` names in `~/.gitconfig`, or
 * else in `$XDG_CONFIG_HOME/git/config`, or `git/ignore` beside that (gitignore). It need not be there. Undefined where
 * nothing tells of a home. A configuration of the machine or of the repository is not asked, as the client does not by the
 * crate `ignore` (BurntSushi/ripgrep crates/ignore/src/gitignore.rs).
 */
export async function globalExcludesOf({
  HOME: home,
  XDG_CONFIG_HOME,
}: GitUser): Promise<string | undefined> {
  const configured = XDG_CONFIG_HOME || (home && join(home, '.config'));
  const files = [home && join(home, '.gitconfig'), configured && join(configured, 'git', 'config')];
  for (const file of files) {
    const named = file && excludesFile(await textOf(file));
    if (named) return named.startsWith('~/') ? join(home ?? '', named.slice(2)) : named;
  }
  return configured ? join(configured, 'git', 'ignore') : undefined;
}

/** The value of `core.excludesFile`; the last one counts. */
function excludesFile(config: string): string | undefined {
  return [
    ...config.matchAll(/^[ \t]*excludesfile[ \t]*=[ \t]*"?([^"\r\n#;]*?)"?[ \t]*(?:[#;].*)?\r?$/gim),
  ].at(-1)?.[1];
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
