import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunnerContext } from '../runner/runner.ts';
import { type RollbackSubject, rollsBack } from './rollback-workflow.ts';

const folder = join('.github', 'workflows');
/** A repository with more, or larger, is not read to its end: it is only for a link. */
const filesAtMost = 100;
const bytesAtMost = 200_000;
/** A verdict is not held up for longer, milliseconds. */
const timeBudgetMs = 3_000;

/**
 * The page on which a person starts the rollback of this target: of the workflow in the checkout that does that and nothing
 * else. Undefined where none is to be seen in time; never throws.
 */
export async function rollbackPage(
  { repository, serverUrl, workspace }: RunnerContext,
  subject: RollbackSubject,
  late = AbortSignal.timeout(timeBudgetMs),
): Promise<string | undefined> {
  if (repository === undefined) return undefined;
  const ended = new Promise<undefined>((resolve) => {
    late.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  // Without a checkout there is nothing to be seen.
  const found = workflowFile(join(workspace, folder), subject, late).catch(() => undefined);
  const name = await Promise.race([found, ended]);
  if (name === undefined) return undefined;
  return `${serverUrl}/${repository.owner}/${repository.name}/actions/workflows/${encodeURIComponent(name)}`;
}

async function workflowFile(
  dir: string,
  subject: RollbackSubject,
  late: AbortSignal,
): Promise<string | undefined> {
  const names = (await readdir(dir)).filter((name) => /\.ya?ml$/.test(name)).sort();
  for (const name of names.slice(0, filesAtMost)) {
    if (late.aborted) return undefined;
    const text = await smallText(join(dir, name));
    if (text !== undefined && (await isButton(text, subject))) return name;
  }
  return undefined;
}

/** Of a regular file: a pipe has no end. */
async function smallText(path: string): Promise<string | undefined> {
  const facts = await lstat(path);
  if (!facts.isFile() || facts.size > bytesAtMost) return undefined;
  return readFile(path, 'utf8').catch(() => undefined);
}

async function isButton(text: string, subject: RollbackSubject): Promise<boolean> {
  // Most files are not worth the parser.
  if (!text.includes('actions/rollback') || !text.includes('workflow_dispatch')) return false;
  const [{ parseText }, yaml] = await Promise.all([import('../checks/parse/document.ts'), import('js-yaml')]);
  const parsed = parseText(yaml, text, undefined);
  return parsed.kind === 'value' && rollsBack(parsed.value, subject);
}
