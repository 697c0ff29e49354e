import { parseArgs } from 'node:util';
import { nearest } from '../../text/nearest.ts';
import type { CommandDefinition, CommandOption } from './command.ts';

/** What was asked for on the command line, or everything that is wrong with it. */
export type Arguments =
  | { readonly kind: 'given'; readonly values: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

export function readArguments(args: readonly string[], options: readonly CommandOption[]): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      options.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' }] as const),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.filter((token) => token.kind === 'option');
  if (given.some(({ name }) => name === 'help' || name === 'h')) return { kind: 'help' };
  const values = new Map<string, string[]>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`${JSON.stringify(token.value)} belongs to no option.`);
    if (token.kind !== 'option') continue;
    const option = options.find(({ name }) => name === token.name);
    const problem =
      option === undefined ? unknown(token.rawName, options) : wrong(option, token.value, values);
    if (problem !== undefined) problems.push(problem);
    else values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? '']);
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'given', values };
}

function unknown(rawName: string, options: readonly CommandOption[]): string {
  const meant = nearest(
    rawName.replace(/^-+/, ''),
    options.map(({ name }) => name),
  );
  const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
  return `There is no option ${rawName}.${hint}`;
}

function wrong(
  { name, value, repeats, wrong }: CommandOption,
  given: string | undefined,
  values: ReadonlyMap<string, unknown>,
): string | undefined {
  if (value === undefined && given !== undefined) return `--${name} takes no value.`;
  if (value !== undefined && !given) return `--${name} needs a value: --${name} ${value}.`;
  if (repeats !== true && values.has(name)) return `--${name} is given twice.`;
  return wrong?.(given ?? '');
}

/** The text of `--help`. */
export function helpText({ usage, about, options, footnote }: CommandDefinition): string {
  const all = [...options, { name: 'help', meaning: 'Show this.' } as CommandOption];
  const heads = all.map(({ name, value }) => `--${name}${value === undefined ? '' : ` ${value}`}`);
  const width = Math.max(...heads.map((head) => head.length));
  const lines = all.map(
    ({ meaning, repeats }, index) =>
      `  ${heads[index]?.padEnd(width)}  ${meaning}${repeats ? ' May be repeated.' : ''}`,
  );
  return [`Usage: ${usage}`, '', about, '', ...lines, '', footnote].join('\n');
}
