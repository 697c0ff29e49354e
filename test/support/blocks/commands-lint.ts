import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command as smoke } from '../../../actions/smoke-test/src/command.ts';
import { root } from '../../../scripts/root.ts';
import type { Finding } from './page-blocks.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** What npm does without a script of that name. */
const ownCommands = ['ci', 'install', 'run'];

/** A shell reads it, npm has the scripts, the files that Node is given are there, and the smoke test knows its options. */
export function commandFindings(text: string): readonly Finding[] {
  const { stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  const refused = [...stderr.matchAll(/line (\d+): (.*)/g)].map(([, line, what = '']) => ({
    line: Number(line),
    what: `the shell refuses it: ${what}`,
  }));
  const wrong = text
    .split('\n')
    .flatMap((line, index) => wrongIn(line).map((what) => ({ line: index + 1, what })));
  return [...refused.slice(0, 1), ...wrong];
}

function wrongIn(line: string): readonly string[] {
  const command = line.replace(/(^|\s)#.*$/, '');
  const named = (pattern: RegExp) => [...command.matchAll(pattern)].map(([, name = '']) => name);
  const asked = [...named(/\bnpm run (?:--prefix \S+ |-\S+ )*(\w[\w:-]*)/g), ...named(/\bnpm (\w+)/g)];
  const given = /smoke-test\/index\.js|\brun smoke\b/.test(command) ? named(/ --([\w-]+)/g) : [];
  return [
    ...asked
      .filter((name) => !(name in scripts) && !ownCommands.includes(name))
      .map((name) => `npm has no script \`${name}\``),
    ...named(/\bnode (?:--\S+ )*([\w./-]+\.m?[jt]s)\b/g)
      .filter((file) => !existsSync(join(root, file)))
      .map((file) => `there is no ${file}`),
    ...given
      .filter((name) => name !== 'help' && !smoke.options.some((option) => option.name === name))
      .map((name) => `the smoke test has no option \`--${name}\``),
  ];
}
