import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../../packages/core/src/inputs/input.ts';
import {
  block,
  choice,
  duration,
  flag,
  integer,
  path,
  text,
} from '../../../packages/core/src/inputs/kinds.ts';
import { lines, pairs, secretPairs } from '../../../packages/core/src/inputs/lists.ts';
import { names } from '../../../packages/core/src/inputs/names.ts';
import { secret } from '../../../packages/core/src/inputs/secret.ts';
import { secretLines } from '../../../packages/core/src/inputs/secret-lines.ts';
import { durationText, parseDuration } from '../../../packages/core/src/text/duration.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

/** What an input named `x` makes of a text: its value, or the problem. */
function read<T>(input: Input<T>, given: string, env: Record<string, string> = {}): T | string {
  const parsed = input.read(recordingRunner({ inputs: { x: given }, env }));
  return parsed.kind === 'value' ? parsed.value : parsed.problem;
}

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1m500ms', 60_500],
    ['0s', 0],
  ])('reads %s as %d ms', (given, ms) => {
    expect(read(duration('x'), given)).toBe(ms);
  });

  it.each([
    ['30', 'is "30", which has no unit. Write 30s, 30m or 30h.'],
    ['5 m', 'is "5 m", which is not a duration. Write 500ms, 90s, 5m or 1h30m.'],
    ['30m1h', 'is "30m1h", which is not a duration. Write 500ms, 90s, 5m or 1h30m.'],
    ['-5m', 'is "-5m", which is not a duration. Write 500ms, 90s, 5m or 1h30m.'],
    ['1.5h', 'is "1.5h", which is not a duration. Write 500ms, 90s, 5m or 1h30m.'],
    ['9999999999999999h', 'is "9999999999999999h", which is too long to count.'],
  ])('refuses %s', (given, problem) => {
    expect(read(duration('x'), given)).toBe(problem);
  });

  it('keeps to its bounds, stated as durations', () => {
    const bounded = duration('x', { min: 1_000, max: 90_000 });
    expect([read(bounded, '500ms'), read(bounded, '2m'), read(bounded, '90s')]).toEqual([
      'is 500ms; it must be at least 1s.',
      'is 2m; it must be at most 1m30s.',
      90_000,
    ]);
  });

  it('is written so that it reads back the same', () => {
    fc.assert(
      fc.property(fc.nat(), (ms) => {
        expect(parseDuration(durationText(ms))).toEqual({ kind: 'value', value: ms });
      }),
    );
  });
});

describe('a whole number', () => {
  it.each([
    ['7', 7],
    ['-3', -3],
    ['1e3', 'is "1e3", which is not a whole number.'],
    ['7.0', 'is "7.0", which is not a whole number.'],
    ['11', 'is 11; it must be at most 10.'],
  ])('reads %s', (given, expected) => {
    expect(read(integer('x', { max: 10 }), given)).toBe(expected);
  });
});

describe('a flag', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['True', 'is "True"; it must be one of: true, false. Did you mean true?'],
    ['1', 'is "1"; it must be one of: true, false.'],
  ])('reads %s', (given, expected) => {
    expect(read(flag('x'), given)).toBe(expected);
  });
});

describe('a choice', () => {
  it.each([
    ['rolling', 'rolling'],
    ['canary', 'is "canary"; it must be one of: rolling, immediate.'],
    ['imediate', 'is "imediate"; it must be one of: rolling, immediate. Did you mean immediate?'],
  ])('reads %s', (given, expected) => {
    expect(read(choice('x', ['rolling', 'immediate']), given)).toBe(expected);
  });
});

describe('text', () => {
  it('is one line', () => {
    expect(read(text('x'), 'a\nb')).toBe('is "a\\nb", which is more than one line.');
  });

  it('is kept whole in a block', () => {
    expect(read(block('x'), 'a\n  b')).toBe('a\n  b');
  });

  it('is refused as a path with a NUL in it', () => {
    expect(read(path('x'), 'a\0b')).toBe('is "a\\u0000b", which holds a NUL character.');
  });
});

describe('lines', () => {
  it('are trimmed, and blank ones passed over', () => {
    expect(read(lines('x'), '  --a \r\n\n--b=1\n')).toEqual(['--a', '--b=1']);
  });
});

describe('pairs', () => {
  it('keep everything after the first "="', () => {
    expect(read(pairs('x'), 'URL=https://a/?b=c\n EMPTY=\n__proto__=1')).toEqual(
      Object.fromEntries([
        ['URL', 'https://a/?b=c'],
        ['EMPTY', ''],
        ['__proto__', '1'],
      ]),
    );
  });

  it.each([
    ['no "="', 'A=1\nB', 'line 2 is "B", which has no "=". Write NAME=VALUE.'],
    [
      'a name that is not one',
      '1A=1',
      'line 1 has the name "1A". A name is letters, digits and "_", and does not start with a digit.',
    ],
    ['a name given twice', 'A=1\n\nA=2', 'line 3 names A a second time.'],
  ])('refuse %s', (_, given, problem) => {
    expect(read(pairs('x'), given)).toBe(problem);
  });
});

describe('pairs with the names of check files', () => {
  const variables = pairs('x', { names: 'of check files' });

  it('may have a "-" in them', () => {
    expect(read(variables, 'previous-url=https://a/\n_b=1')).toEqual({
      'previous-url': 'https://a/',
      _b: '1',
    });
  });

  it.each(['1A', '-a', 'a b'])('refuse the name %s', (name) => {
    expect(read(variables, `${name}=1`)).toBe(
      `line 1 has the name "${name}". A name is letters, digits, "_" and "-", and starts with a letter or "_".`,
    );
  });
});

describe('secret pairs', () => {
  it('take a name alone from the environment, and mask every value', () => {
    const runner = recordingRunner({ inputs: { x: 'A=secret-a\nB' }, env: { B: 'secret-b' } });
    expect(secretPairs('x').read(runner)).toEqual({ kind: 'value', value: { A: 'secret-a', B: 'secret-b' } });
    expect(runner.masked).toEqual(['secret-a', 'secret-b']);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'is not named %s where the env has no such variable',
    (name) => {
      expect(read(secretPairs('x'), name)).toBe(
        `line 1 names ${name}, which the step's env does not set. Write NAME=VALUE, or set it.`,
      );
      const env = Object.fromEntries([[name, 'a-value']]);
      expect(read(secretPairs('x'), name, env)).toEqual(env);
    },
  );

  it.each([
    [
      'a bad name',
      '1A=hush',
      'line 1 has a name that is not legal. A name is letters, digits and "_", and does not start with a digit.',
    ],
    [
      'something that is neither',
      'hush!',
      'line 1 is neither NAME=VALUE nor the NAME of an environment variable; only from there come values of several lines.',
    ],
    [
      'a name that is not set',
      'HUSH',
      "line 1 names HUSH, which the step's env does not set. Write NAME=VALUE, or set it.",
    ],
  ])('refuse %s without showing a value', (_, given, problem) => {
    expect(read(secretPairs('x'), given)).toBe(problem);
  });
});

describe('a secret by its name alone whose variable is set and empty', () => {
  it('is refused, and not called unset', () => {
    expect(read(secretPairs('x'), 'HUSH', { HUSH: '' })).toBe(
      "line 1 names HUSH, which the step's env sets to nothing: there is no such secret, or it belongs to an environment that the job does not name.",
    );
  });

  it('has no value where it needs none', () => {
    const input = secretPairs('x', { needsNone: () => true });
    expect(read(input, 'HUSH', { HUSH: '' })).toEqual({ HUSH: '' });
    expect(read(input, 'HUSH')).toBe(
      "line 1 names HUSH, which the step's env does not set. Write NAME=VALUE, or set it.",
    );
  });
});

describe('secret pairs that must have a value', () => {
  it.each([
    [
      'an empty line',
      'A=1\nHUSH=',
      'line 2 gives HUSH no value: there is no such secret, or it belongs to an environment that the job does not name.',
    ],
    [
      'a line of blanks',
      'HUSH=  ',
      'line 1 gives HUSH no value: there is no such secret, or it belongs to an environment that the job does not name.',
    ],
  ])('refuse %s', (_, given, problem) => {
    expect(read(secretPairs('x', { empty: 'refused' }), given)).toBe(problem);
  });
});

describe('names', () => {
  it('stand between commas or on lines of their own, each counted once', () => {
    expect(read(names('x'), 'A, B_2\n\n C ,A,\r\n_d')).toEqual(['A', 'B_2', 'C', '_d']);
    expect(read(names('x'), '')).toEqual([]);
  });

  it.each([
    ['1A', 'holds "1A", which is not a name.'],
    ['A, B-C\nD E', 'holds "B-C", "D E", which are not names.'],
  ])('refuse %j', (given, problem) => {
    expect(read(names('x'), given)).toBe(
      `${problem} A name is letters, digits and "_", and does not start with a digit.`,
    );
  });
});

describe('a secret', () => {
  it('is refused, unseen, when it was stored with more than itself', () => {
    expect(secret('x').read(recordingRunner({ inputs: { x: 'token-a\r\nX-More: 1' } }))).toEqual({
      kind: 'problem',
      problem: 'holds a line break: it was stored with more than the secret.',
    });
  });

  const token = secret('x', { env: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] });
  const env = { FLY_API_TOKEN: ' ', FLY_ACCESS_TOKEN: 'from-env' };

  it('is taken from the input first', () => {
    expect(read(token, 'from-input', env)).toBe('from-input');
  });

  it('is taken from the first variable that is set', () => {
    expect(read(token, '', env)).toBe('from-env');
  });

  it('may be absent', () => {
    expect(read(token, '')).toBeUndefined();
  });
});

describe('secrets, one a line', () => {
  const keys = secretLines('x', { min: 16, env: ['BELAY_LEDGER_KEY'] });
  const [one, two] = ['0123456789abcdef', 'fedcba9876543210'];
  const env = { BELAY_LEDGER_KEY: two };

  it.each([
    ['none', '', {}, []],
    ['one', one, {}, [one]],
    ['several, trimmed, with blank lines and either line end', `\n  ${one} \r\n\n${two}\n`, {}, [one, two]],
    ['one that is there twice', `${one}\n${one}`, {}, [one]],
    ['of the variable, where the input is empty', ' \n', env, [two]],
    ['of the input before those of the variable', one, env, [one]],
  ])('are read: %s', (_, given, environment, values) => {
    expect(read(keys, given, environment)).toEqual(values);
  });

  it('are refused, unseen, where one is too short to hold', () => {
    expect(read(keys, `${one}\n\n hunter2 \n`)).toBe(
      'holds a secret that is too short: line 3 has 7 characters, and 16 are needed at least.',
    );
  });

  it('are masked line by line, the one that is refused too', () => {
    const runner = recordingRunner({ inputs: { x: ` ${one}\n${two}\nhunter2` } });
    keys.read(runner);
    expect(runner.masked).toEqual([one, two, 'hunter2']);
  });
});
