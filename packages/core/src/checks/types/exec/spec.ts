import type { Cursor } from '../../parse/cursor.ts';
import { isMapping, shown } from '../../parse/cursor.ts';
import { fields } from '../../parse/fields.ts';
import { isMeant } from '../../parse/other-words.ts';
import { isScalar, scalarText, text } from '../../parse/scalars.ts';
import { splitWords } from './words.ts';

/** An exec check as written. */
export interface ExecSpec {
  /** The program and its arguments, templates. */
  readonly run: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Relative to the check file. */
  readonly directory: string;
}

/** Reads a command line, a list of words, or a mapping. */
export function readExec(at: Cursor): ExecSpec | undefined {
  if (!isMapping(at.value)) {
    const run = readRun(at);
    return run && { run, env: {}, directory: '.' };
  }
  const given = fields(at, { what: '`exec`', keys: ['run', 'env', 'working-directory', 'shell'] });
  if (given === undefined) return undefined;
  given.get('shell')?.fail(noShell, 'key');
  if (!given.has('run') && !isMeant('run', Object.keys(at.value), '`exec`'))
    at.fail('`exec` needs `run`: the program and its arguments.');
  return {
    run: given.read('run', readRun) ?? [],
    env: given.read('env', readEnv) ?? {},
    directory: given.read('working-directory', text) ?? '.',
  };
}

const noShell =
  'No shell is started, so that no value can turn into a command. Write a script and run it: `run: [bash, smoke.sh]`.';

/** A list of words, or one line that is split into words. */
export function readRun(at: Cursor): readonly string[] | undefined {
  if (Array.isArray(at.value)) {
    const wrong = at.value.find((one) => !isScalar(one));
    if (wrong !== undefined) return at.fail(`An argument must be text, not ${shown(wrong)}.`);
    if (at.value.length === 0 || at.value[0] === '') return at.fail('`run` names no program.');
    return at.value.map(scalarText);
  }
  if (typeof at.value !== 'string')
    return at.fail(`\`run\` must be a list of words or one line, not ${shown(at.value)}.`);
  const split = splitWords(at.value);
  return split.kind === 'words' ? split.words : at.fail(`${shown(at.value)} cannot be run: ${split.why}.`);
}

function readEnv(at: Cursor): Readonly<Record<string, string>> | undefined {
  if (!isMapping(at.value)) return at.fail(`\`env\` must be a mapping, not ${shown(at.value)}.`);
  const env = new Map<string, string>();
  for (const [name, value] of Object.entries(at.value)) {
    const one = at.child(name, value);
    if (!/^[A-Za-z_]\w*$/.test(name)) one.fail(`${shown(name)} is not a name of a variable.`, 'key');
    else if (!isScalar(value)) one.fail(`\`${name}\` must be text, not ${shown(value)}.`);
    else env.set(name, scalarText(value));
  }
  return Object.fromEntries(env);
}
