/** `npm run docs`: writes action-docs.md, the tables of each action's README, the schema of check files and the page of false greens. `--check` only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionDefinition, Ending } from '#core';
import { renderFalseGreens } from '../test/stories/false-greens/page.ts';
import { readRecording, recordedPlatforms } from '../test/stories/false-greens/recording.ts';
import { readManifests } from './docs/manifest.ts';
import { type DocumentedAction, fillReadme, renderActionDocs } from './docs/render.ts';
import { readShowings } from './docs/showing.ts';
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
  return [
    { file, found: textOf(file), wanted: renderActionDocs(actions) },
    ...readmes,
    schemaOfChecks(),
    falseGreens(),
  ];
}

/** Rewrites what is not as it should be, and answers its names. */
export function writeStale(all: readonly Document[]): readonly string[] {
  const stale = all.filter(({ wanted, found }) => wanted !== found);
  for (const { file, wanted } of stale) writeFileSync(join(root, file), wanted);
  return stale.map(({ file }) => file);
}

function falseGreens(): Document {
  const file = 'docs/false-greens.md';
  return { file, found: textOf(file), wanted: renderFalseGreens(recordedPlatforms.map(readRecording)) };
}

function schemaOfChecks(): Document {
  const file = 'schemas/checks.schema.json';
  return { file, found: textOf(file), wanted: `${printJson(checkFileSchema)}\n` };
}

async function documented(manifest: DocumentedAction['manifest']): Promise<DocumentedAction> {
  const folder = `actions/${manifest.name}`;
  const { endings } = (await import(join(root, folder, 'src/reasons.ts'))) as {
    readonly endings: readonly Ending[];
  };
  const { action } = (await import(join(root, folder, 'src/run.ts'))) as {
    readonly action: ActionDefinition;
  };
  const names = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name);
  const showings = readShowings(`${folder}/docs.yml`, textOf(`${folder}/docs.yml`), {
    inputs: names(manifest.inputs),
    outputs: names(manifest.outputs),
  });
  return { manifest, kind: action.kind, showings, endings };
}

function textOf(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

if (import.meta.main) {
  const all = await documents();
  const check = process.argv.includes('--check');
  const stale = check
    ? all.filter(({ wanted, found }) => wanted !== found).map(({ file }) => file)
    : writeStale(all);
  for (const file of stale) {
    process.stdout.write(`${file} ${check ? 'is out of date: run npm run docs' : 'written'}\n`);
  }
  if (check && stale.length > 0) process.exitCode = 1;
}
