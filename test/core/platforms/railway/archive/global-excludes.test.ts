import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { globalExcludesOf } from '../../../../../packages/core/src/platforms/railway/archive/global-excludes.ts';
import { plant } from '../../../../support/file-tree.ts';
import { gitAlone } from '../../../../support/git-alone.ts';

describe('what a user ignores in every repository', () => {
  const config = '[core]\n\texcludesFile = ~/everywhere ; mine\n';

  it.each<[string, Record<string, string>, string]>([
    ['in ~/.gitconfig', { '.gitconfig': config }, 'everywhere'],
    ['in the configuration beside it', { '.config/git/config': config }, 'everywhere'],
    [
      'in both: the first',
      { '.gitconfig': config, '.config/git/config': '[core]\nexcludesfile = /b' },
      'everywhere',
    ],
    ['twice: the last', { '.gitconfig': `[core]\nexcludesfile = /a\n${config}` }, 'everywhere'],
    ['in quotes', { '.gitconfig': '[core]\n  excludesfile = "~/with space"\n' }, 'with space'],
    ['nowhere', { '.gitconfig': '[user]\nname = a\n' }, '.config/git/ignore'],
  ])('is named %s', async (_, files, file) => {
    const home = plant(files);
    expect(await globalExcludesOf({ HOME: home })).toBe(join(home, file));
    const args = ['config', '--global', '--type=path', '--default', join(home, '.config/git/ignore')];
    const git = gitAlone(home, ...args, '--get', 'core.excludesFile');
    if (!('.config/git/config' in files)) expect(git.trim()).toBe(join(home, file));
  });

  it('is looked for where XDG_CONFIG_HOME says', async () => {
    const home = plant({ 'own/git/config': '[core]\nexcludesfile = /a/b\n' });
    expect(await globalExcludesOf({ HOME: home, XDG_CONFIG_HOME: join(home, 'own') })).toBe('/a/b');
    expect(await globalExcludesOf({ HOME: home, XDG_CONFIG_HOME: join(home, 'other') })).toBe(
      join(home, 'other/git/ignore'),
    );
  });

  it('is nothing where there is no home', async () => {
    expect(await globalExcludesOf({})).toBeUndefined();
    expect(await globalExcludesOf({ HOME: '' })).toBeUndefined();
  });
});
