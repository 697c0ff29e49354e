import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { expression } from '../support/expression.ts';

const command = process.env.BELAY_ZIZMOR ?? 'zizmor';
const present = spawnSync(command, ['--version']).status === 0;
if (!present) process.stdout.write('zizmor: skipped: it is not on PATH, nor in BELAY_ZIZMOR\n');

interface Said {
  readonly ident: string;
  readonly locations: readonly {
    readonly symbolic: { readonly key: { readonly Local?: { readonly verbatim_path: string } } };
  }[];
}

/** What zizmor says of these, without the network: `file: name of the audit`. */
function findings(paths: readonly string[], cwd = root): readonly string[] {
  const options = ['--offline', '--no-progress', '--quiet', '--no-exit-codes', '--format', 'json'];
  const { status, stdout, stderr } = spawnSync(command, [...options, ...paths], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`zizmor ended with ${status}: ${stderr}`);
  return (JSON.parse(stdout) as readonly Said[]).map(
    ({ ident, locations: [first] }) => `${first?.symbolic.key.Local?.verbatim_path}: ${ident}`,
  );
}

it.skipIf(!present)(
  'zizmor finds nothing unsafe in our workflows, our actions, and what keeps them up to date',
  () => {
    const files = globSync(['.github/**/*.yml', 'actions/*/action.yml'], { cwd: root })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !file.includes('ISSUE_TEMPLATE'));
    expect(files).toEqual(expect.arrayContaining(['.github/workflows/ci.yml', '.github/dependabot.yml']));
    expect(findings(files)).toEqual([]);
  },
);

it.skipIf(!present)(
  'zizmor does find a title in a script, an action that may move, and rights that nobody gave',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'belay-zizmor-'));
    try {
      mkdirSync(join(folder, '.github/workflows'), { recursive: true });
      writeFileSync(
        join(folder, '.github/workflows/planted.yml'),
        `on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: acme/greeter@v1
      - run: echo ${expression('github.event.pull_request.title')}
`,
      );
      const found = findings(['.github/workflows/planted.yml'], folder);
      expect(found.map((line) => line.replace('.github/workflows/planted.yml: ', '')).toSorted()).toEqual([
        'dangerous-triggers',
        'excessive-permissions',
        'template-injection',
        'unpinned-uses',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
