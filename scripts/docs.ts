/** `npm run docs`: writes action-docs.md, the tables of each action's README and the schema of check files. `--check` only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending } from '../packages/core/src/action/endings.ts';
import { readManifests } from './docs/manifest.ts';
import { type DocumentedAction, fillReadme, renderActionDocs } from './docs/render.ts';
import { root } from './root.ts';
import { checkFileSchema } from './schema/check-file.ts';
import { printJson } from './schema/print.ts';

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
    return { file, found, wanted: fillReadme(found, action) };
  });
  const file = 'action-docs.md';
  return [{ file, found: textOf(file), wanted: renderActionDocs(actions) }, ...readmes, schemaOfChecks()];
}

function schemaOfChecks(): Document {
  const file = 'schemas/checks.schema.json';
  return { file, found: textOf(file), wanted: `${printJson(checkFileSchema)}\n` };
}

async function documented(manifest: DocumentedAction['manifest']): Promise<DocumentedAction> {
  const file = join(root, 'actions', manifest.name, 'src', 'reasons.ts');
  const { endings } = (await import(file)) as { readonly endings: readonly Ending[] };
  return { manifest, endings };
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
