import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormIndex } from '../../../packages/core/src/io/redactor/form-index.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';
import { usualSecrets } from '../../support/nasty-secrets.ts';
import { spellings } from '../../support/spellings.ts';

const odd = `a/b&c<d>e"f'g=h+i j`;

/** A text whose bytes beyond ASCII are written in some way. */
const byBytes = (text: string, how: (byte: number) => string) =>
  [...Buffer.from(text)].map((byte) => (byte < 128 ? String.fromCharCode(byte) : how(byte))).join('');

describe('a redactor hides a secret as it is written', () => {
  it.each(Object.entries(spellings))('in %s', (_, write) => {
    for (const secret of [odd, 'FlyV1 fm2_lJPECAAAAAAA/+==', 'söße 🔑&7', usualSecrets.JSON_LINE]) {
      const shown = new Redactor([secret]).redact(`before [${write(secret)}] after`);
      expect(shown).toMatch(/^before \[['"\\=]*\*\*\*['"\\=]*(%3D)*\] after$/);
    }
  });

  it.each([
    ['JSON in JSON', (secret: string) => JSON.stringify(JSON.stringify(secret))],
    ['JSON in a page', (secret: string) => spellings['HTML, named'](JSON.stringify(secret))],
    [
      'an address in JSON of Go',
      (secret: string) => spellings['JSON of Go'](`?a=1&t=${encodeURIComponent(secret)}`),
    ],
    [
      'base64 in JSON of PHP',
      (secret: string) => spellings['JSON of PHP'](Buffer.from(secret).toString('base64')),
    ],
    ['percent-encoding twice', (secret: string) => encodeURIComponent(encodeURIComponent(secret))],
  ])('in %s', (_, write) => {
    expect(new Redactor([odd]).redact(write(odd))).not.toMatch(/a.{0,3}b|YS9i|h\+i/);
  });

  it.each<[string, (secret: string) => string]>([
    ['broken over two lines', (secret) => `${secret.slice(0, 20)}\n${secret.slice(20)}`],
    ['broken and indented', (secret) => `${secret.slice(0, 30)}\r\n    ${secret.slice(30)}`],
    ['base64 of 76 a line', (secret) => Buffer.from(secret).toString('base64').replace(/.{76}/g, '$&\n')],
    [
      'hex with blanks, as Node shows a buffer',
      (secret) => Buffer.from(secret).toString('hex').replace(/../g, '$& '),
    ],
    ['a colour in it', (secret) => `${secret.slice(0, 20)}\u001b[0m\u001b[1;31m${secret.slice(20)}`],
    ['what is left of a colour in it', (secret) => `${secret.slice(0, 20)}[0m${secret.slice(20)}`],
    ['a soft hyphen in it', (secret) => `${secret.slice(0, 20)}\u00ad${secret.slice(20)}`],
    ['a zero-width space in it', (secret) => `${secret.slice(0, 20)}\u200b${secret.slice(20)}`],
  ])('with %s', (_, write) => {
    const secret = 'fm2_lJPECAAAAAAACk1Zxa9Qq7vB3nYt5WcUeRsMhXpLoGiDfKjEzAuVbHySdTwNmPqOrIlCkJg';
    expect(new Redactor([secret]).redact(`before [${write(secret)}] after`)).toMatch(
      /^before \[\*{3}\s*\] after$/,
    );
  });

  it.each([
    ['a reference of HTML', 'odd-plntd/o&amp;p&lt;q&gt;', 'odd-plntd/o&p<q>'],
    ['percent-encoding', 'odd-plntd%2Fo%26p%3Cq%3Es%C3%B6%C3%9Fe', 'odd-plntd/o&p<q>söße'],
    ['JSON', 'odd-plntd/o\\u0026p\\u003cq\\u003e', 'odd-plntd/o&p<q>'],
  ])('that somebody who did not know it has cut anywhere: %s', (_, written, secret) => {
    const stranger = new Redactor([]);
    const shown = Array.from({ length: written.length - 6 }, (_, at) =>
      new Redactor([secret]).redact(stranger.excerpt(`${written} and more`, at + 6)),
    );
    expect(shown.filter((text) => text.includes('odd'))).toEqual([]);
  });

  it('behind dots where one was cut', () => {
    expect(new Redactor(['correct-horse-battery']).redact('it is correct-horse... and so on')).toBe(
      'it is ***... and so on',
    );
  });

  it('the password of an address, alone too, and not a word that is both', () => {
    const redactor = new Redactor([
      'postgres://shop:pa55-w0rd@db.internal/shop',
      'postgres://postgres:postgres@localhost/db',
    ]);
    expect(redactor.redact('password authentication failed for pa55-w0rd by postgres')).toBe(
      'password authentication failed for *** by postgres',
    );
  });

  it('not where words side by side happen to be one', () => {
    expect(new Redactor(['together', 'side by side']).redact('to get her: side, by side')).toBe(
      'to get her: side, by side',
    );
  });

  it('in the middle of a base64 text, at each of the three offsets', () => {
    for (const around of ['', 'x', 'xy', 'xyz'])
      for (const encoding of ['base64', 'base64url'] as const) {
        const text = Buffer.from(`${around}${odd} and more`).toString(encoding);
        expect(new Redactor([odd]).redact(text)).toContain('***');
      }
  });

  it('in parts: of a JWT, of a macaroon, of a user and password', () => {
    const redactor = new Redactor([
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
      'FlyV1 fm2_lJPECAAAAAAA,fm2_lJPETbbb',
      'deploy:pa55word',
    ]);
    expect(redactor.redact('eyJzdWIiOiIxMjM0In0 c2lnbmF0dXJl fm2_lJPECAAAAAAA pa55word FlyV1')).toBe(
      '*** *** *** *** FlyV1',
    );
  });

  it.each<[string, string, (secret: string) => string]>([
    [
      'in lower case, as the name of a host',
      'PlntdHookName7',
      (secret) => new URL(`https://${secret}/`).host,
    ],
    [
      'as UTF-8 that was read as Latin 1',
      'plntd-söße-🔑',
      (secret) => Buffer.from(secret).toString('latin1'),
    ],
    ['as bytes of Python', 'plntd-söße-🔑', (secret) => byBytes(secret, (byte) => `\\x${byte.toString(16)}`)],
    ['as bytes of C', 'plntd-söße-🔑', (secret) => byBytes(secret, (byte) => `\\${byte.toString(8)}`)],
    ['as JSON of Python', 'plntd-🔑', () => 'plntd-\\U0001f511'],
    ['with marks of their own', 'plntd-söße', (secret) => secret.normalize('NFD')],
    ['without marks of their own', 'plntd-so\u0308ße', (secret) => secret.normalize('NFC')],
    [
      'in JSON in base64',
      'plntd-"quoted"-and-more',
      (secret) => Buffer.from(JSON.stringify({ auth: secret })).toString('base64'),
    ],
    ['out of base64', Buffer.from('shop:plntd-word').toString('base64'), () => 'no: plntd-word of shop'],
    [
      'by the key that it holds',
      JSON.stringify({ type: 'service_account', private_key: 'BEGIN\nplntdAAAAAAA\nEND' }),
      () => 'a line of it is plntdAAAAAAA',
    ],
  ])('%s', (_, secret, write) => {
    const shown = new Redactor([secret]).redact(`before [${write(secret)}] after`);
    expect(shown).not.toMatch(/plntd|cGxudG|BsbnRk|wbG50Z/i);
    expect(shown).toMatch(/^before \[.*\*\*\*.*\] after$/s);
  });

  it('in every line of it', () => {
    expect(
      new Redactor([usualSecrets.JSON_LINES]).redact('{\n  "type": "service_account",\n}'),
    ).not.toContain('account');
    expect(new Redactor([usualSecrets.PEM]).redact('MIIEvQIBADANBgkqhkiG9w0BAQ==')).toBe('***');
  });
});

describe('a redactor', () => {
  it('hides overlapping secrets to the last character of both', () => {
    expect(new Redactor(['abcdef', 'efghij']).redact('0abcdefghij0')).toBe('0***0');
  });

  it('hides what a cut left of a secret, on either side of it', () => {
    const redactor = new Redactor(['hush-hush-hush']);
    expect(redactor.redact('said hush-hu…')).toBe('said ***…');
    expect(redactor.redact('…sh-hush, then')).toBe('…***, then');
    expect(redactor.redact('a hush…')).toBe('a ***…');
    expect(redactor.redact('nothing of it…')).toBe('nothing of it…');
  });

  it('leaves text alone that holds none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new Redactor(['no such thing in there']).redact(text)).toBe(text);
      }),
    );
  });

  it('hides any secret among any text, and is done after once', () => {
    const secret = fc
      .string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' })
      .filter((text) => /^\w.{6,}\w$/.test(text));
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, hidden, after) => {
        const redactor = new Redactor([hidden]);
        const shown = redactor.redact(`${before} ${hidden} ${after}`);
        expect(shown).not.toContain(hidden);
        expect(redactor.redact(shown)).toBe(shown);
      }),
    );
  });

  it.each([997, 4_096, 65_536])('masks a text that comes in chunks of %i as it masks the whole', (size) => {
    const redactor = new Redactor([`hush"${'k'.repeat(3_000)}"hush`, 'quiet']);
    const text = `${'a'.repeat(50_000)}hush\\"${'k'.repeat(3_000)}\\"hush${'b'.repeat(90_000)}quiet and quiet`;
    let [shown, rest] = ['', ''];
    for (let at = 0; at < text.length; at += size) {
      rest += text.slice(at, at + size);
      const start = redactor.redactStart(rest);
      shown += start.shown;
      rest = rest.slice(start.length);
    }
    expect(shown + redactor.redact(rest)).toBe(redactor.redact(text));
    expect(redactor.redact(text)).toBe(`${'a'.repeat(50_000)}***${'b'.repeat(90_000)}*** and ***`);
  });
});

describe('what is left of a secret beside a …', () => {
  it('is hidden, however long it is', () => {
    const secret = Array.from({ length: 3_000 }, (_, at) => `part ${at}`).join(' ');
    const redactor = new Redactor([secret]);
    expect(redactor.redact(`a ${secret.slice(0, 20_000)}… b`)).toBe('a ***… b');
    expect(redactor.redact(`a …${secret.slice(-20_000)} b`)).toBe('a …*** b');
  });

  it('is hidden in an excerpt that ends before the …', () => {
    const redactor = new Redactor(['hush-hush-hush']);
    expect(redactor.excerpt('said hush-hush…', 8)).toBe('said ***…');
    expect(redactor.excerpt('said …sh-hush, then', 8)).toBe('said …***…');
  });

  it('is what a search for each start and end of it finds', () => {
    const letters = fc.string({ minLength: 4, maxLength: 160, unit: fc.constantFrom('a', 'b', '…') });
    const text = fc.string({ maxLength: 400, unit: fc.constantFrom('a', 'b', '…') });
    const repeated = fc
      .tuple(letters, fc.nat(160))
      .map(([one, length]) => one.repeat(3).slice(0, length + 4));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(letters, repeated), { minLength: 1, maxLength: 8 }),
        text,
        (forms, among) => {
          const index = new FormIndex();
          for (const form of forms) index.add(form);
          const shown = `${among}${forms[0]?.slice(0, -1)}…${forms.at(-1)?.slice(1)}${among}`;
          expect(placesOf([...index.find(shown)])).toEqual(placesOf(searched(forms, shown)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Each form at each place, and beside each `…` the longest start and end that stands there. */
function* searched(forms: readonly string[], text: string): Generator<readonly [number, number]> {
  for (let at = 0; at < text.length; at++) {
    for (const form of forms) if (text.startsWith(form, at)) yield [at, at + form.length];
    if (text[at] !== '…') continue;
    for (const form of forms)
      for (let length = 4; length <= form.length; length++) {
        if (text.endsWith(form.slice(0, length), at)) yield [at - length, at];
        if (text.startsWith(form.slice(-length), at + 1)) yield [at + 1, at + 1 + length];
      }
  }
}

function placesOf(parts: Iterable<readonly [number, number]>): number[] {
  const places = new Set<number>();
  for (const [from, to] of parts) for (let at = from; at < to; at++) places.add(at);
  return [...places].sort((one, other) => one - other);
}

describe('a secret with half a character in it is hidden', () => {
  const halves = [
    'pl\ud83dntd-and-odd',
    'plntd-and-odd\ud83d',
    '\ude00plntd-and-odd',
    '\ud83d\ud83d\ud83d\ud83d',
  ];
  const writings: Readonly<Record<string, (secret: string) => string>> = {
    'as it is': (secret) => secret,
    'as bytes': (secret) => Buffer.from(secret).toString(),
    'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
    'in an address': (secret) => new URL(`https://x.example/?a=${secret}`).search.slice(3),
    'in base64': (secret) => Buffer.from(secret).toString('base64'),
    'in hex': (secret) => Buffer.from(secret).toString('hex'),
  };
  it.each(Object.entries(writings))('%s', (_, write) => {
    const shown = halves.map((secret) => new Redactor([secret]).redact(`before [${write(secret)}] after`));
    expect(shown).toEqual(halves.map(() => expect.stringMatching(/^before \[\*\*\*=*\] after$/)));
  });

  it('and breaks nothing in other texts', () => {
    const redactor = new Redactor(halves);
    for (const text of [...halves, 'a\ud800b', '&#xD800;', '%ED%A0%80', '\\ud800'])
      expect(() => [
        redactor.excerpt(`${text} and more`, 5),
        redactor.redactStart(text.repeat(99)),
      ]).not.toThrow();
  });
});

it.each(['pa/ss-word', 'pa#ss-word', 'pa?ss-word', 'p@a/ss-word', 'p@ss-word'])(
  'a password of an address is hidden also where it is not percent-encoded: %s',
  (password) => {
    const redactor = new Redactor([`postgres://app:${password}@db.example:5432/shop`]);
    expect(redactor.redact(`login with ${password} failed`)).toBe('login with *** failed');
  },
);
