/** `npm run docs`: writes action-docs.md and the tables of each action's README. `--check` only compares. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ending } from '../packages/core/src/action/endings.ts';
import { readManifests } from './docs/manifest.ts';
import { type DocumentedAction, fillReadme, renderActionDocs } from './docs/render.ts';
import { root } from './root.ts';

export interface Document {
  /** From the root. */
  readonly file: string;
  readonly wanted: string;
  readonly found: string;
}

/** Every generated document as it should be and as it is. */
export async function documents(): Promise<readonly Document[]> {
  const actions = await Promise.all(readManifests().map(documented));
  const readmes = actions.map((action) => {
    const file = `actions/${action.manifest.name}/README.md`;
    const found = textOf(file);
    return { file, found, wanted: formatted(fillReadme(found, action)) };
  });
  const file = 'action-docs.md';
  return [{ file, found: textOf(file), wanted: formatted(renderActionDocs(actions)) }, ...readmes];
}

async function documented(manifest: DocumentedAction['manifest']): Promise<DocumentedAction> {
  const file = join(root, 'actions', manifest.name, 'src', 'reasons.ts');
  const { endings } = (await import(file)) as { readonly endings: readonly Ending[] };
  return { manifest, endings };
}

/** As Biome formats Markdown, tables included: it checks these files like all others. */
function formatted(markdown: string): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const args = [biome, 'format', '--stdin-file-path=docs.md'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: markdown });
  if (status !== 0) throw new Error(`Biome cannot format the docs: ${stderr}`);
  return stdout.toString();
}

function textOf(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

if (import.meta.main) {
  const stale = (await documents()).filter(({ wanted, found }) => wanted !== found);
  const check = process.argv.includes('--check');
  for (const { file, wanted } of stale) {
    if (!check) writeFileSync(join(root, file), wanted);
    process.stdout.write(`${file} ${check ? 'is out of date: run npm run docs' : 'written'}\n`);
  }
  if (check && stale.length > 0) process.exitCode = 1;
}
