import { dirname } from 'node:path';
import type { Ports } from '../action/ports.ts';
import { namedVariables } from '../io/process/environment.ts';
import { isCommit } from '../text/commit.ts';

const timeBudgetMs = 5_000;

/**
 * What to say where the files in `folder` are of another commit than the one this run is about; undefined where they are
 * of this one, where there is no checkout, and where there is no Git to ask. Never throws.
 */
export async function checkoutWarning(
  ports: Pick<Ports, 'runner' | 'tools' | 'signal'>,
  folder: string,
  commit: string | undefined,
): Promise<string | undefined> {
  if (commit === undefined) return undefined;
  const head = await headOf(ports, folder).catch(() => undefined);
  if (head === undefined || head === commit) return undefined;
  return (
    `The checkout is at ${head.slice(0, 12)}, and this run is about ${commit.slice(0, 12)}: what is read and built here is of the former. ` +
    'Give `actions/checkout` the `ref` that was tested, or name the other in `commit`.'
  );
}

/** A submodule has a history of its own, which says nothing of the repository. */
async function headOf(
  { runner, tools, signal }: Pick<Ports, 'runner' | 'tools' | 'signal'>,
  folder: string,
): Promise<string | undefined> {
  const { stdout, exitCode } = await tools.run({
    command: 'git',
    args: ['rev-parse', 'HEAD', '--show-superproject-working-tree'],
    env: { ...environment(runner.env), GIT_CEILING_DIRECTORIES: dirname(runner.context.workspace) },
    cwd: folder,
    signal,
    deadlineMs: timeBudgetMs,
    echo: false,
  });
  const [head, superproject = ''] = stdout.trim().split('\n');
  return exitCode === 0 && superproject === '' && isCommit(head) ? head : undefined;
}

/**
 * In the container of a job the checkout belongs to another user, and Git would not say a word about it. Which commit it
 * is at, it tells without running anything that the checkout could name.
 */
function environment(env: Ports['runner']['env']): Record<string, string> {
  const trust = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' };
  return { ...namedVariables(env, ['PATH', 'HOME', 'SYSTEMROOT']), ...trust };
}
