import { describe, expect, it } from 'vitest';
import { helpText, readArguments } from '../../../../packages/core/src/action/command/arguments.ts';
import type { CommandOption } from '../../../../packages/core/src/action/command/command.ts';

const options: readonly CommandOption[] = [
  { name: 'file', value: 'PATH', repeats: true, meaning: 'A file.' },
  { name: 'timeout', value: 'TIME', meaning: 'Time.' },
  { name: 'json', meaning: 'JSON.' },
  {
    name: 'secret',
    value: 'NAME',
    meaning: 'A secret.',
    wrong: (given) => (given.includes('=') ? '--secret takes a NAME alone.' : undefined),
  },
];

const problems = (...args: string[]) => {
  const read = readArguments(args, options);
  return read.kind === 'wrong' ? read.problems : [];
};

describe('the arguments', () => {
  it('are values by option, several where it repeats', () => {
    const read = readArguments(['--file', 'a', '--file=b', '--json'], options);
    expect(read).toEqual({
      kind: 'given',
      values: new Map([
        ['file', ['a', 'b']],
        ['json', ['']],
      ]),
    });
  });

  it.each([['--help'], ['-h']])('ask for help by %s, whatever else is wrong', (flag) => {
    expect(readArguments(['--nothing', flag], options)).toEqual({ kind: 'help' });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'an unknown option, with the nearest',
      ['--files', 'a'],
      ['There is no option --files. Did you mean --file?', '"a" belongs to no option.'],
    ],
    ['an option without its value', ['--file'], ['--file needs a value: --file PATH.']],
    ['a switch with a value', ['--json=yes'], ['--json takes no value.']],
    ['an option given twice', ['--timeout', '1s', '--timeout', '2s'], ['--timeout is given twice.']],
    ['a value the option refuses', ['--secret', 'A=b'], ['--secret takes a NAME alone.']],
  ])('refuse %s', (_, args, said) => {
    expect(problems(...args)).toEqual(said);
  });
});

it('the help has a line for each option', () => {
  expect(
    helpText({ usage: 'smoke', about: 'Checks.', options, footnote: 'The end.', run: async () => 0 }),
  ).toBe(`Usage: smoke

Checks.

  --file PATH     A file. May be repeated.
  --timeout TIME  Time.
  --json          JSON.
  --secret NAME   A secret.
  --help          Show this.

The end.`);
});
