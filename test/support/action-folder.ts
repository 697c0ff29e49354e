import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';

/** A tiny action: JavaScript text per stage, CommonJS, with `fs` and `write(file, text)` at hand. */
export interface TinyAction {
  readonly main: string;
  readonly pre?: string;
  readonly post?: string;
  readonly postIf?: string;
  readonly inputs?: Readonly<Record<string, object>>;
  /** What `runs.main` says, when it is not the script written. */
  readonly mainFile?: string;
}

const prelude = `
const fs = require('node:fs');
const write = (file, text) => fs.appendFileSync(process.env['GITHUB_' + file], text);
`;

/** Writes a repository with one action per name under `actions/`, gone when the test ends. Answers its root. */
export async function aRepository(actions: Readonly<Record<string, TinyAction>> = {}): Promise<string> {
  const root = await aFolder();
  for (const [name, action] of Object.entries(actions)) {
    const folder = path.join(root, 'actions', name);
    await mkdir(folder, { recursive: true });
    const { main, pre, post, postIf, inputs } = action;
    const scripts = { main, ...(pre === undefined ? {} : { pre }), ...(post === undefined ? {} : { post }) };
    const runs: Record<string, string> = {
      using: 'node24',
      ...(postIf === undefined ? {} : { 'post-if': postIf }),
    };
    for (const [stage, script] of Object.entries(scripts)) {
      runs[stage] = `${stage}.js`;
      await writeFile(path.join(folder, `${stage}.js`), prelude + script);
    }
    if (action.mainFile !== undefined) runs.main = action.mainFile;
    await writeFile(path.join(folder, 'action.yml'), stringify({ name, description: name, inputs, runs }));
  }
  return root;
}

/** An empty folder, gone when the test ends. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'belay-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
