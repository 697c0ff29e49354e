import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { expression } from '../support/expression.ts';

interface Job {
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly permissions?: object;
  readonly strategy?: {
    readonly matrix: { readonly include?: readonly { suite: string; minutes: number }[]; system?: string[] };
  };
  readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { jobs } = load(read('.github/workflows/ci.yml')) as { jobs: Readonly<Record<string, Job>> };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
const entry = read('.ci/run');
const suites = /^suites=\((.*)\)$/m.exec(entry)?.[1]?.split(' ') ?? [];

const stepsOf = (suite: string) => {
  const body = new RegExp(`^${suite}\\(\\) \\{ (.*); \\}$`, 'm').exec(entry)?.[1] ?? '';
  return body.split(' && ').map((step) => step.replace(/^step /, ''));
};
const withoutCheckOfNode = (script = '') => script.replace('node scripts/needs-node.cjs && ', '');
const commands = suites.flatMap(stepsOf).filter((step) => step.startsWith('npm '));

describe('.ci/run', () => {
  it('has a job of its own in CI for each suite, and CI has no suite besides', () => {
    const matrix = jobs.suite?.strategy?.matrix.include ?? [];
    expect(matrix.map(({ suite }) => suite)).toEqual(suites);
    expect(suites.length).toBeGreaterThan(10);
    expect(jobs.suite?.steps.at(-1)).toEqual({
      run: '.ci/run "$SUITE"',
      env: { SUITE: expression('matrix.suite') },
    });
  });

  it('runs every script that tests, but for the part that is meant for other systems too', () => {
    const tests = Object.keys(scripts).filter((name) => name === 'check' || name.startsWith('test:'));
    const run = commands.map((command) => command.replace(/^npm (?:run )?/, '').replace(/ .*/, ''));
    expect(tests.filter((name) => !run.includes(name))).toEqual(['test:portable']);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('begins with what `npm test` is made of', () => {
    const made = withoutCheckOfNode(scripts.test).split(' && ');
    expect(made).toEqual(['npm run check', 'npm run test:unit', 'npm run test:bundles']);
    expect(commands.slice(0, made.length)).toEqual(made);
    expect(suites.slice(0, made.length)).toEqual(['lint', 'unit', 'bundles']);
    const whole = /^if \[ \$# = 0 \]; then\n(.*)\n(.*)\nfi$/m.exec(entry)?.slice(1);
    expect(whole).toEqual([
      '  step actionlint && step zizmor && step npm test',
      `  set -- "\${suites[@]:${made.length}}"`,
    ]);
  });

  it('leaves out of the units what the bundles are tested by, and nothing else', () => {
    const bundles = withoutCheckOfNode(scripts['test:bundles']);
    expect(bundles).toBe('vitest run test/contract/dist.test.ts');
    expect(withoutCheckOfNode(scripts['test:unit'])).toBe(bundles.replace('run ', 'run --exclude '));
  });

  it.each([
    ['20', 'brings the Node of .node-version where the one at hand is older, and runs the suite with it'],
    ['26', 'takes the Node at hand where it is as new'],
  ])('(Node %s) %s', (major) => {
    const folder = mkdtempSync(join(tmpdir(), 'belay-ci-'));
    const program = (name: string, lines: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    try {
      program('node', `echo ${major}`);
      // As npm does: the one package, with its node in .bin; whatever else it is asked for, it tells which node is found.
      program(
        'npm',
        `echo "npm $*" >> ${folder}/asked
case $1 in
  install) mkdir -p "$3/node_modules/.bin" && cp ${folder}/node "$3/node_modules/.bin/node" ;;
  *) command -v node >> ${folder}/asked ;;
esac`,
      );
      const env = { PATH: `${folder}:/usr/bin:/bin`, XDG_CACHE_HOME: folder };
      const { status } = spawnSync('bash', [join(root, '.ci/run'), 'docs'], { env });
      const version = read('.node-version').trim();
      const home = `${folder}/belay/node-${version}`;
      const brought = [`npm install --prefix ${home} --no-audit --no-fund --no-save node@${version}`];
      expect([status, readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n')]).toEqual([
        0,
        [
          ...(major === '20' ? brought : []),
          'npm run docs -- --check',
          major === '20' ? `${home}/node_modules/.bin/node` : `${folder}/node`,
        ],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['everything', 'hostile clients', ''])(
    'says which suites there are where it is asked for another: "%s"',
    (other) => {
      const { status, stderr } = spawnSync('bash', [join(root, '.ci/run'), 'lint', other], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([2, `There is no suite ${other}. There are: ${suites.join(' ')}\n`]);
    },
  );
});

describe('CI', () => {
  it('has one job that a rule of the branch can ask for: it needs all others, and is red unless all were green', () => {
    const { 'ci-ok': last, ...others } = jobs;
    expect([last?.needs, last?.if, last?.permissions]).toEqual([Object.keys(others), 'always()', {}]);
    const [{ run = '', env = {} } = {}] = last?.steps ?? [];
    expect(env).toEqual({ RESULTS: expression("join(needs.*.result, ' ')") });
    const endsWith = (...results: string[]) =>
      spawnSync('bash', ['-c', run], { env: { ...process.env, RESULTS: results.join(' ') } }).status;
    const all = Object.keys(others).map(() => 'success');
    expect(endsWith(...all)).toBe(0);
    for (const result of ['failure', 'cancelled', 'skipped']) {
      expect([endsWith(...all.with(0, result)), endsWith(...all.with(-1, result))]).toEqual([1, 1]);
    }
  });

  it('lets every job read and none write', () => {
    const { 'ci-ok': _, ...others } = jobs;
    const permissions = Object.values(others).map((job) => job.permissions);
    expect(permissions).toEqual(permissions.map(() => ({ contents: 'read' })));
  });

  it('is run by the Node of .node-version, in every job of every workflow that installs one', () => {
    const named = globSync('.github/workflows/*.yml', { cwd: root }).flatMap((file) =>
      (read(file).match(/node-version.*/g) ?? []).map((line) => `${file}: ${line}`),
    );
    expect(named.filter((line) => !line.endsWith(': node-version-file: .node-version'))).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });
});

describe('what is meant to run on Windows and macOS too', () => {
  let patterns: readonly string[] = [];

  beforeAll(async () => {
    const { default: config } = await import('../portable/vitest.config.ts');
    patterns = config.test?.include ?? [];
  });

  it('runs there', () => {
    expect(jobs.portable?.strategy?.matrix.system).toEqual(['windows-latest', 'macos-latest']);
    expect(jobs.portable?.steps.flatMap(({ run = [] }) => run)).toEqual(['npm ci', 'npm run test:portable']);
  });

  it('is there, all that is named', () => {
    const named = patterns.flatMap((pattern) => {
      const [, before = '', names = '', after = ''] = /^([^{]*)\{(.*?)\}(.*)$/.exec(pattern) ?? [];
      return names === '' ? [pattern] : names.split(',').map((name) => `${before}${name}${after}`);
    });
    expect(named.filter((pattern) => globSync(pattern, { cwd: root }).length === 0)).toEqual([]);
  });

  it('are units, which Linux runs with all others', async () => {
    const { default: all } = await import('../../vitest.config.ts');
    expect(all.test?.include).toEqual(['test/{core,contract,local-cloud,local-runner}/**/*.test.ts']);
    expect(patterns.filter((pattern) => !pattern.startsWith('test/core/'))).toEqual([]);
  });
});
