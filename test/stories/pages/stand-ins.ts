import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { root } from '../../../scripts/root.ts';

/** The repository that a workflow checks out, and actions of others that only move files about. */
export interface StandIns {
  /** As the local runner takes them: folders by `owner/name`. */
  readonly actions: Readonly<Record<string, string>>;
  /** What the repository holds at a commit. */
  commit(sha: string, files: Readonly<Record<string, string>>): void;
  /** A workspace in which nothing was checked out yet. */
  workspace(): string;
  close(): void;
}

/** Puts the files of a commit where the job works, at that commit by Git's account; `with.ref` over the run's own. */
const checkout = (commits: string) => `
const { cpSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
const sha = process.env.INPUT_REF || process.env.GITHUB_SHA;
const files = ${JSON.stringify(commits)} + '/' + sha;
if (!existsSync(files)) {
  console.log("::error::A branch or tag with the name '" + sha + "' could not be found");
  process.exit(1);
}
cpSync(files, process.env.GITHUB_WORKSPACE, { recursive: true });
for (const folder of ['objects', 'refs']) mkdirSync(process.env.GITHUB_WORKSPACE + '/.git/' + folder, { recursive: true });
writeFileSync(process.env.GITHUB_WORKSPACE + '/.git/HEAD', sha + '\\n');
`;

/** Fails where there is nothing to keep. */
const upload = `
const { existsSync } = require('node:fs');
if (!existsSync(process.env.INPUT_PATH)) throw new Error('No files were found with the provided path: ' + process.env.INPUT_PATH);
`;

export function standIns(): StandIns {
  const folder = mkdtempSync(join(tmpdir(), 'belay-pages-'));
  const commits = join(folder, 'commits');
  const action = (name: string, inputs: readonly string[], main: string) => {
    const place = join(folder, 'actions', name);
    write(join(place, 'index.js'), main);
    const declared = Object.fromEntries(inputs.map((input) => [input, { description: input }]));
    const runs = { using: 'node24', main: 'index.js' };
    write(join(place, 'action.yml'), stringify({ name, description: name, inputs: declared, runs }));
    return place;
  };
  let workspaces = 0;
  return {
    actions: {
      'OWNER/belay': root,
      'actions/checkout': action(
        'checkout',
        ['ref', 'fetch-depth', 'persist-credentials'],
        checkout(commits),
      ),
      'actions/setup-node': action('setup-node', ['node-version'], ''),
      'actions/upload-artifact': action('upload-artifact', ['name', 'path'], upload),
    },
    commit(sha, files) {
      for (const [name, text] of Object.entries(files)) write(join(commits, sha, name), text);
    },
    workspace() {
      workspaces += 1;
      const place = join(folder, `workspace-${workspaces}`);
      mkdirSync(place);
      return place;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
