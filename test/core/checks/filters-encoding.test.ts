import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { extract } from '../../../packages/core/src/checks/judge/extract.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import type { Problem } from '../../../packages/core/src/checks/parse/cursor.ts';
import { Cursor } from '../../../packages/core/src/checks/parse/cursor.ts';
import { readExtraction } from '../../../packages/core/src/checks/parse/extractions.ts';
import { httpSources } from '../../../packages/core/src/checks/types/http-sources.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, serve } from './loopback.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());
afterEach(closeServers);

function written(filters: object) {
  const problems: Problem[] = [];
  const words = { sources: httpSources };
  const extraction = readExtraction(new Cursor({ body: true, ...filters }, problems), words);
  return { extraction, problems: problems.map(({ message }) => message) };
}

async function through(filters: object, value: unknown) {
  const { extraction, problems } = written(filters);
  expect(problems).toEqual([]);
  if (extraction === undefined) throw new Error('there is no extraction');
  const filtering = { patterns, deadlineMs: 300, now: () => 0 };
  const read = await extract(extraction, () => ({ kind: 'found', value }), filtering);
  return read.kind === 'found' ? read.value : read.kind === 'unreadable' ? read.actual : read;
}

describe('a filter of encodings', () => {
  it.each<[string, object, unknown, unknown]>([
    ['urlEncode leaves what is unreserved', { urlEncode: true }, 'aZ09-._~', 'aZ09-._~'],
    ['urlEncode leaves slashes, as hurl does', { urlEncode: true }, '/a b/ü', '/a%20b/%C3%BC'],
    [
      'urlEncode takes what encodeURIComponent leaves',
      { urlEncode: true },
      "!'()*&=?",
      '%21%27%28%29%2A%26%3D%3F',
    ],
    ['urlEncode replaces half a character', { urlEncode: true }, '\ud800', '%EF%BF%BD'],
    ['urlEncode and back', { urlEncode: true, urlDecode: true }, 'ä+/%', 'ä+/%'],
    ['charset of one byte each', { charset: 'iso-8859-1' }, Buffer.from([0xe9, 0x80]), 'é€'],
    ['charset of two bytes each', { charset: 'shift_jis' }, Buffer.from([0x93, 0xfa]), '日'],
    ['charset with a mark', { charset: 'UTF-16LE' }, Buffer.from([0xff, 0xfe, 0x61, 0]), 'a'],
    ['md5 of text', { md5: true }, 'hello', '5d41402abc4b2a76b9719d911017c592'],
    ['md5 of bytes', { md5: true }, Buffer.from([0xff]), '00594fd4f42ba43fc1ca0427a0576295'],
  ])('%s', async (_, filters, value, result) => {
    expect(await through(filters, value)).toEqual(result);
  });

  it.each<[string, object, unknown, string]>([
    ['urlEncode of a number', { urlEncode: true }, 1, 'it needs text, and this is a number'],
    ['charset of text', { charset: 'utf-8' }, 'a', 'it needs bytes, and this is a string'],
    ['charset that does not fit', { charset: 'euc-jp' }, Buffer.from([0xff]), 'the bytes are not euc-jp'],
    ['md5 of a list', { md5: true }, [], 'it needs text or bytes, and this is a list'],
  ])('cannot read %s', async (_, filters, value, why) => {
    expect(await through(filters, value)).toContain(why);
  });

  it.each<[string, object, string]>([
    [
      'no charset',
      { charset: true },
      'The filter `charset` takes the name of a charset, such as iso-8859-1, not true.',
    ],
    [
      'an unknown charset',
      { charset: 'klingon' },
      'The filter `charset` takes the name of a charset of the Encoding Standard, such as iso-8859-1, not "klingon".',
    ],
    ['an argument of md5', { md5: 'x' }, 'The filter `md5` takes only true, not "x".'],
  ])('is refused with %s', (_, filters, message) => {
    expect(written(filters).problems).toEqual([message]);
  });
});

describe('md5 of a body', () => {
  const check = (url: string, expected: string) =>
    lastAttempt(`checks:\n  - { name: c, http: "${url}", expect: ${expected} }\n`);

  it('is read in hex, whatever the case it is written in', async () => {
    const url = await serve((_, response) => response.end('hello'));
    expect(await check(url, '{ md5: 5D41402ABC4B2A76B9719D911017C592 }')).toMatchObject({ outcome: 'pass' });
    expect(await check(url, '{ md5: { starts-with: 5d41 } }')).toMatchObject({ outcome: 'pass' });
    expect(await check(url, '{ md5: ffffffffffffffffffffffffffffffff }')).toMatchObject({ outcome: 'fail' });
  });

  it('takes 32 digits', async () => {
    await expect(check('http://127.0.0.1', '{ md5: 5d41 }')).rejects.toThrow(
      '`md5` takes 32 hex digits, not "5d41"',
    );
  });
});
