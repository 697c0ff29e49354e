import { expect, it } from 'vitest';
import { SecretMasker } from '../../packages/local-runner/src/secret-masker.ts';

function masked(secrets: string | string[], text: string): string {
  const masker = new SecretMasker();
  for (const secret of [secrets].flat()) masker.add(secret);
  return masker.mask(text);
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each([
  { form: 'the value', secret: 'hunter2', text: 'is hunter2.', shown: 'is ***.' },
  { form: 'a value of one character', secret: '1', text: 'v1.21', shown: 'v***.2***' },
  { form: 'every line of a key', secret: 'BEGIN\n  abc\r\nEND\n', text: 'x abc y END', shown: 'x *** y ***' },
  { form: 'a key as a whole', secret: 'a\n \nb', text: 'a\n \nb', shown: '***' },
  { form: 'base64', secret: 'hunter2', text: base64('hunter2'), shown: '***' },
  { form: 'base64 behind two bytes', secret: 'xhunter2', text: base64('u:xhunter2'), shown: 'dTp4***' },
  { form: 'base64 behind one byte', secret: 'xyhunter2', text: base64(':xyhunter2'), shown: 'Onh5***' },
  { form: 'a URL', secret: "p@ss w'rd!", text: 'http://p%40ss%20w%27rd%21@x', shown: 'http://***@x' },
  { form: 'JSON', secret: 'a"b\\c\td', text: '{"k":"a\\"b\\\\c\\td"}', shown: '{"k":"***"}' },
  { form: 'XML', secret: `<&'">`, text: '<k>&lt;&amp;&apos;&quot;&gt;</k>', shown: '<k>***</k>' },
  { form: 'escaped quotes', secret: 'a"b', text: 'x="a\\"b"', shown: 'x="***"' },
  { form: 'an expression', secret: "it's", text: "'it''s'", shown: "'***'" },
  { form: 'without its quotes', secret: '"hunter22"', text: 'hunter22', shown: '***' },
  { form: 'short and without its quotes, shown', secret: '"abcde"', text: 'abcde', shown: 'abcde' },
  { form: 'before a PowerShell ampersand', secret: 'one1&two2&three3', text: 'one1&two2&', shown: '***' },
  { form: 'after a PowerShell ampersand', secret: 'one1&two2&three3', text: 'three3', shown: '***' },
  { form: 'after a coloured ampersand', secret: 'secret1&+xsecret2', text: 'secret2', shown: '***' },
  { form: 'hex, shown', secret: 'hunter2', text: '68756e74657232', shown: '68756e74657232' },
  { form: 'overlapping secrets', secret: ['abc', 'cde'], text: 'xabcdex', shown: 'x***x' },
  { form: 'adjoining secrets', secret: ['abc', 'def'], text: 'xabcdefx', shown: 'x***x' },
  { form: 'a secret inside another', secret: ['b', 'abc'], text: 'abcb', shown: '***' },
  { form: 'a pattern, taken literally', secret: 'a.c', text: 'abc a.c', shown: 'abc ***' },
])('hides $form', ({ secret, text, shown }) => {
  expect(masked(secret, text)).toBe(shown);
});

it.each(['', ' ', '\n\t\n'])('refuses a blank secret', (secret) => {
  const masker = new SecretMasker();
  expect({ taken: masker.add(secret), values: masker.values }).toEqual({ taken: false, values: [] });
});

it('says whether a text holds a secret', () => {
  const masker = new SecretMasker();
  masker.add('hunter2');
  expect([masker.hides('a hunter2 b'), masker.hides(base64('hunter2')), masker.hides('hunter')]).toEqual([
    true,
    true,
    false,
  ]);
});
