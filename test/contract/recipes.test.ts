import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { typeNames } from '../../packages/core/src/checks/parse/check.ts';
import { root } from '../../scripts/root.ts';
import { codeOf, sources } from '../support/sources.ts';

const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The files that a recipe names, `<type>` and the like for any: what stands in code in its list and is a path. */
function filesOf(title: string): readonly string[] {
  const section = page.split(`\n### ${title}\n`)[1]?.split(/\n##/)[0] ?? '';
  return [...section.matchAll(/^- .*$/gm)].flatMap(([line]) =>
    [...line.matchAll(/`([^` ]+)`/g)]
      .map(([, code = '']) => code)
      .filter((code) => /^(?!#).*\/|\.(?:json|md)$/.test(code))
      .flatMap(eachOf),
  );
}

/** `{a,b}` as two paths. */
function eachOf(path: string): readonly string[] {
  const [, before = '', names = '', after = ''] = /^(.*?)\{(.*?)\}(.*)$/.exec(path) ?? [];
  return names === '' ? [path] : names.split(',').flatMap((name) => eachOf(`${before}${name}${after}`));
}

const recipes = ['a check type', 'an input', 'a reason', 'a platform'].map((what) => ({
  title: `Add ${what}`,
  files: filesOf(`Add ${what}`),
}));
const [type, input, reason, platform] = recipes.map(({ files }) => files);

describe.each(recipes)('$title', ({ files }) => {
  it('names files, and each is there', () => {
    expect(files.length).toBeGreaterThan(4);
    const patterns = files.map((file) => file.replace(/<[a-z]+>/g, '*'));
    expect(patterns.filter((pattern) => globSync(pattern, { cwd: root }).length === 0)).toEqual([]);
  });
});

describe('what a recipe leaves out needs no change', () => {
  it('a check type: every file that names most types by hand is in it', () => {
    const names = typeNames.filter((name) => name !== 'fly-machines');
    const quoted = (name: string) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`);
    const naming = [
      ...sources('packages/core/src/checks/**/*.ts'),
      ...sources('scripts/schema/*.ts'),
      ...sources('test/support/*.ts'),
    ].filter((source) => names.filter((name) => quoted(name).test(codeOf(source))).length > names.length - 2);
    expect(naming.map(({ file }) => file).filter((file) => !type?.includes(file))).toEqual([]);
    expect(naming.length).toBeGreaterThan(4);
  });

  it('an input: whatever of an action names most of its inputs is in it', () => {
    const naming = globSync('actions/*/action.yml', { cwd: root }).flatMap((manifest) => {
      const folder = dirname(manifest);
      const { inputs } = load(readFileSync(join(root, manifest), 'utf8')) as { inputs: object };
      const names = Object.keys(inputs);
      return globSync(`${folder}/{*.yml,src/**/*.ts}`, { cwd: root }).filter((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        return names.filter((name) => text.includes(name)).length > names.length / 2;
      });
    });
    const written = naming.map((file) =>
      file.replaceAll('\\', '/').replace(/^actions\/[^/]+/, 'actions/<action>'),
    );
    expect(written.filter((file) => !input?.includes(file))).toEqual([]);
    expect(new Set(written.map((file) => basename(file)))).toEqual(
      new Set(['action.yml', 'command.ts', 'docs.yml', 'inputs.ts']),
    );
  });

  it('a reason: every file that gives reasons their words is in it', () => {
    const giving = ['packages/core/src/outcome/*-reasons.ts', 'packages/core/src/platforms/*/reasons.ts']
      .flatMap((pattern) => globSync(pattern, { cwd: root }))
      .filter((file) => !file.includes('registry'))
      .map((file) => file.replaceAll('\\', '/').replace(/platforms\/[^/]+/, 'platforms/<platform>'));
    expect(giving.filter((file) => !reason?.includes(file))).toEqual([]);
    expect(reason).toContain('actions/<action>/src/reasons.ts');
  });

  it('a platform: what Fly and the model have in common is in it, and each list of platforms', () => {
    const folder = 'packages/core/src/platforms/';
    const own = (path: string) => globSync(`${path}/*.ts`, { cwd: root }).map((file) => basename(file));
    const model = own('test/core/platforms/model');
    const common = own(`${folder}fly`).filter((file) => model.includes(file));
    expect(common.toSorted()).toEqual(['adapter.ts', 'index.ts', 'inputs.ts', 'open.ts']);
    const wanted = [
      ...common.map((file) => `${folder}<platform>/${file}`),
      ...own(`${folder}registry`).map((file) => `${folder}registry/${file}`),
    ];
    expect(wanted.filter((file) => !platform?.includes(file))).toEqual([]);
  });

  it('a platform: every file of Fly that the lists of platforms take in is in it', () => {
    const taken = sources('packages/core/src/platforms/registry/*.ts').flatMap(({ text }) =>
      [...text.matchAll(/'\.\.\/fly\/([^/']+\.ts)'/g)].map(([, file]) => file),
    );
    const wanted = [...new Set(taken)].map((file) => `packages/core/src/platforms/<platform>/${file}`);
    expect(wanted.filter((file) => !platform?.includes(file))).toEqual([]);
    expect(wanted.length).toBeGreaterThan(3);
  });

  it('a platform: every action that takes the inputs of Fly without being named after it is in it', () => {
    const taking = sources('actions/*/src/inputs.ts')
      .filter(({ file, text }) => !file.startsWith('actions/fly-') && /from '#core\/fly/.test(text))
      .map(({ file }) => file);
    expect(taking.filter((file) => !platform?.includes(file))).toEqual([]);
    expect(taking.length).toBeGreaterThan(0);
  });
});

it('a word of the glossary is told once, in one line', () => {
  const section = page.split('\n### Words\n')[1]?.split('\n##')[0] ?? '';
  const rows = [...section.matchAll(/^\| (.*?) \| (.*?) \|$/gm)].slice(2).map(([, word = '']) => word);
  expect(rows.length).toBeGreaterThan(15);
  expect(new Set(rows).size).toBe(rows.length);
});
