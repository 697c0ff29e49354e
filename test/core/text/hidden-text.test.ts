import { describe, expect, it } from 'vitest';
import { withoutHiddenFields } from '../../../packages/core/src/text/hidden-fields.ts';
import { withoutHidden } from '../../../packages/core/src/text/hidden-query.ts';

describe('what an address hides is hidden wherever it stands in a text', () => {
  it.each<[string, string, string]>([
    ['a relative address', '/cb?access_token=t1&x=1', '/cb?access_token=***&x=1'],
    ['a name that is listed', '/cb?session=t1', '/cb?session=***'],
    ['a name written with escapes', '/cb?acc%65ss_token=t1#end', '/cb?acc%65ss_token=***#end'],
    ['each of two of a name', '/cb?token=a&token=b', '/cb?token=***&token=***'],
    ['no other one', '/cb?x=1&tokens=2', '/cb?x=1&tokens=2'],
    ['the fragment', '/cb#access_token=t1&x=1', '/cb#access_token=***&x=1'],
    ['a link', '</p?token=t1>; rel=next, </q?x=1>', '</p?token=***>; rel=next, </q?x=1>'],
    ['a refresh', '0;url=/a?token=t1', '0;url=/a?token=***'],
    ['an escaped address', '/in?to=%2Fcb%3Ftoken%3Dt1%26x%3D1&y=2', '/in?to=%2Fcb%3Ftoken%3D***%26x%3D1&y=2'],
    ['one escaped twice', '/in?to=%252Fcb%253Ftoken%253Dt1%2526x', '/in?to=%252Fcb%253Ftoken%253D***%2526x'],
    ['a value with an escaped &', '/in?token=a%26b&y=2', '/in?token=***&y=2'],
    ['a password before a host', 'https://u:p4ss@h.example/a', 'https://u:***@h.example/a'],
    ['a pair by itself', 'token=t1&x=1', 'token=***&x=1'],
    ['a parameter of a path', '/p;session=t1?x=1', '/p;session=***'],
    ['a value with a question mark', '/p?token=t1?t2&x=1', '/p?token=***&x=1'],
  ])('%s', (_, text, shown) => {
    expect(withoutHidden(text, ['session'])).toBe(shown);
  });

  it('of a large text in time', () => {
    for (const part of ['?a', '%25', '//a:', '?token=', '"', '%3Fa%3D']) {
      const began = performance.now();
      withoutHidden(part.repeat(200_000));
      withoutHiddenFields(part.repeat(200_000));
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });
});

describe('what a field of JSON holds that is a credential by its name is hidden in any text', () => {
  const hidden = '"[not shown]"';

  it.each<[string, string, string]>([
    ['a text', '{"data":{"access_token":"t1","x":"y"}}', `{"data":{"access_token":${hidden},"x":"y"}}`],
    ['a text with quotes', '{"password": "a\\"b", "x": 1}', `{"password": ${hidden}, "x": 1}`],
    ['a number', '{"secret":1234,"x":1}', `{"secret":${hidden},"x":1}`],
    ['a list', '{"api_keys":["k"],"apiKey":["a","]"],"x":1}', `{"api_keys":["k"],"apiKey":${hidden},"x":1}`],
    ['an object', '{"token":{"value":"}","n":[1]},"x":1}', `{"token":${hidden},"x":1}`],
    [
      'a cookie, a password, a session',
      '{"Set-Cookie":"a","passwd":"b","sessionId":"c","authorization":"d"}',
      `{"Set-Cookie":${hidden},"passwd":${hidden},"sessionId":${hidden},"authorization":${hidden}}`,
    ],
    ['what is listed', '{"otp":"1"}', `{"otp":${hidden}}`],
    ['a text that was cut', '{"token":"abc', `{"token":${hidden}`],
    ['an object that was cut', '{"token":{"a":"b', `{"token":${hidden}`],
    [
      'JSON in a text of JSON',
      '"{\\"token\\":\\"t1\\",\\"x\\":1}"',
      `"{\\"token\\":\\"[not shown]\\",\\"x\\":1}"`,
    ],
    [
      'nothing that tells nothing',
      '{"token":null,"secret":false,"password":""}',
      '{"token":null,"secret":false,"password":""}',
    ],
    [
      'no other field',
      '{"author":"a","tokens":2,"authenticated":true}',
      '{"author":"a","tokens":2,"authenticated":true}',
    ],
    [
      'in a page',
      '<script>var x = {"csrfToken": "t1"};</script>',
      `<script>var x = {"csrfToken": ${hidden}};</script>`,
    ],
  ])('%s', (_, text, shown) => {
    expect(withoutHiddenFields(text, ['otp'])).toBe(shown);
  });
});
