import { expect, it } from 'vitest';
import { parseSecrets } from '../../../packages/local-cloud/bin/stand-in/secret-lines.ts';

// Read off flyctl's parser, traps included: who pipes secrets to it has to know them.
it.each<[string, string, Record<string, string>]>([
  ['plain', 'A=1', { A: '1' }],
  ['with an equals sign', 'A=b=c', { A: 'b=c' }],
  ['with spaces around it', 'A = 1 ', { A: '1 ' }],
  ['in double quotes', 'A="two words"', { A: 'two words' }],
  ['in single quotes', "A='one'", { A: 'one' }],
  ['cut at a # outside of quotes', 'A=pass#word', { A: 'pass' }],
  ['kept whole in quotes', 'A="pass#word"', { A: 'pass#word' }],
  ['over several lines', 'A="""one\ntwo"""\nB=2', { A: 'one\ntwo', B: '2' }],
  ['on one line in three quotes', 'A="""one"""', { A: 'one' }],
])('reads a secret %s', (_, text, secrets) => {
  expect(parseSecrets(text)).toEqual(secrets);
});

it('passes over remarks and empty lines', () => {
  expect(parseSecrets('# a remark\n\nA=1\n')).toEqual({ A: '1' });
});

it('refuses a line without a value', () => {
  expect(() => parseSecrets('A')).toThrow(
    'Failed to parse secrets from stdin: Secrets must be provided as NAME=VALUE pairs (A is invalid)',
  );
});
