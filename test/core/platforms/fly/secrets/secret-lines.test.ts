import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  secretLines,
  unfitSecret,
} from '../../../../../packages/core/src/platforms/fly/secrets/secret-lines.ts';
import { parseSecrets } from '../../../../../packages/local-cloud/bin/stand-in/secret-lines.ts';
import { fitSecret, usualSecrets } from '../../../../support/nasty-secrets.ts';

describe('secrets for the stdin of `flyctl secrets import`', () => {
  it.each(Object.entries(usualSecrets))('arrive as they were given: %s', (name, value) => {
    expect(unfitSecret(value)).toBeUndefined();
    expect(parseSecrets(secretLines({ [name]: value }))).toEqual({ [name]: value });
  });

  it('arrive together, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fitSecret, { maxLength: 5 }), (values) => {
        const secrets = Object.fromEntries(values.map((value, at) => [`S${at}`, value]));
        expect(parseSecrets(secretLines(secrets))).toEqual(secrets);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a NUL', 'a\0b', 'holds a NUL character, which no environment can hold.'],
    [
      'a line longer than flyctl reads',
      `a\n${'é'.repeat(30_001)}`,
      'has a line of more than 60000 bytes, which flyctl does not read; encode it in several lines.',
    ],
    ['CRLF', 'a\r\nb', 'has lines that end with CRLF, which flyctl would change; store it with LF.'],
    [
      'a line that would end the block',
      'a\n"""\nb',
      'has several lines with quotes where flyctl would end the value early; encode it, as base64 for instance.',
    ],
    [
      'a first line whose `#` no form guards',
      'a"b#c\nd',
      'has several lines with quotes where flyctl would end the value early; encode it, as base64 for instance.',
    ],
  ])('are refused for %s', (_what, value, why) => {
    expect(unfitSecret(value)).toBe(why);
  });
});
