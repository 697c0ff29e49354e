import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  code,
  codeBlock,
  details,
  durationWords,
  escapeMarkdown,
  link,
  table,
} from '../../../packages/core/src/text/markdown.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['a pipe', 'a|b', 'a\\|b'],
    ['a tag', '<img src=x>', '&lt;img src=x&gt;'],
    ['backticks', '`rm`', '\\`rm\\`'],
    ['a backslash before a pipe', '\\|', '\\\\\\|'],
    ['a line break', 'one\r\ntwo', 'one two'],
    ['a control character', 'a\u001b[31mb\u0007', 'a\\[31mb'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['emphasis', '_a_ *b*', '\\_a\\_ \\*b\\*'],
    ['a list item', '- a', '\\- a'],
    ['a numbered item', '1. a', '1\\. a'],
    ['a bare URL', 'https://evil.example', '`https://evil.example`'],
    ['ordinary text', 'home_page answers (fast) – 200!', 'home_page answers (fast) – 200!'],
  ])('shows %s as text', (_, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('never leaves a character that ends a cell or starts a tag, but for those of code', () => {
    const words = fc.constantFrom('@a', '#1', '://', '`', '|', '\\', '<', '\n', ' ', 'a');
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: words }));
    const withoutCode = (markdown: string) =>
      markdown.replace(/(?<!\\)`[^`|\n]*`/g, '').replace(/<\/?code>|<i><\/i>/g, '');
    fc.assert(
      fc.property(text, (one) => !/(?<!\\)(?:\\\\)*[|`]|[<>\n]/.test(withoutCode(escapeMarkdown(one)))),
    );
  });
});

describe('code', () => {
  it('takes tags and backslashes as they are', () => {
    expect(code('C:\\a <b>')).toBe('`C:\\a <b>`');
  });

  it('keeps pipes and backticks inside a table cell', () => {
    expect(code('a|`b`')).toBe('<code>a\\|\\`b\\`</code>');
  });

  it('is nothing for nothing, not an empty box', () => {
    expect(code('')).toBe('');
  });
});

describe('codeBlock', () => {
  it('uses a fence longer than any in the text', () => {
    expect(codeBlock('a\n```\nb', 'json')).toBe('````json\na\n```\nb\n````');
  });
});

describe('link', () => {
  it('links an address of the web', () => {
    expect(link('run 7', 'https://github.com/o/r?a=b')).toBe('[run 7](<https://github.com/o/r?a=b>)');
  });

  it('cannot be closed early by its address', () => {
    expect(link('x', 'https://a.example/>) <b>')).toBe('[x](<https://a.example/%3E)%20%3Cb%3E>)');
  });

  it('shows only the label of any other scheme', () => {
    expect(link('x', 'javascript:alert(1)')).toBe('x');
  });
});

describe('table', () => {
  it('has a head, a rule and a line for each row, short rows filled up', () => {
    expect(table(['check', 'time'], [['home', '5 ms'], ['login']])).toBe(
      '| check | time |\n| --- | --- |\n| home | 5 ms |\n| login |  |',
    );
  });

  it('is nothing without rows', () => {
    expect(table(['check'], [])).toBe('');
  });
});

it('folds a body under its summary, in which no Markdown is read', () => {
  expect(details('3 <machines> of `shop`|_a_', 'text')).toBe(
    '<details><summary>3 &lt;machines&gt; of `shop`|_a_</summary>\n\ntext\n\n</details>',
  );
});

describe('durationWords', () => {
  it.each([
    [0, '0 ms'],
    [480.4, '480 ms'],
    [999.7, '1.0 s'],
    [12_340, '12.3 s'],
    [59_960, '1m 00s'],
    [65_000, '1m 05s'],
    [3_599_700, '1h 00m'],
    [7_380_000, '2h 03m'],
  ])('reads %d ms as %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});
