import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../../packages/core/src/io/line-splitter.ts';
import { neutralise, stripControls } from '../../../packages/core/src/text/neutralise.ts';

describe('neutralise', () => {
  it.each([
    ['a command at the start', '::error::x', ': :error::x'],
    ['a command after white space', ' \t::add-mask::x', ' \t: :add-mask::x'],
    ['a command after a space that is not ASCII', '\u00a0\u3000::error::x', '\u00a0\u3000: :error::x'],
    ['a command after a colour', '\u001b[31m::error::x\u001b[0m', ': :error::x'],
    ['a command split by a colour', ':\u001b[1m:error::x', ': :error::x'],
    ['a command with a character of no width inside', ':\u200b:error::x', ': :error::x'],
    ['a command after a byte order mark', '\ufeff::error::x', '\ufeff: :error::x'],
    ['a command on a later line', 'ok\n::error::x', 'ok\n: :error::x'],
    ['a command after a lone carriage return', 'ok\r::error::x', 'ok\n: :error::x'],
    ['the old form, anywhere', 'a ##[group]b', 'a ## [group]b'],
    ['the old form with a soft hyphen inside', '##\u00ad[error]x', '## [error]x'],
    ['the old form split by a control character', '#\u0000#[error]x', '## [error]x'],
    ['more marks than needed', '####[x]', '#### [x]'],
    ['three colons', ':::x', ': ::x'],
    ['colons further on', 'std::vector', 'std::vector'],
    ['ordinary text', 'Deploying → v43 – 100 %', 'Deploying → v43 – 100 %'],
  ])('breaks, visibly, %s', (_, text, safe) => {
    expect(neutralise(text)).toBe(safe);
  });

  it('leaves no line that a runner could take for a command, however it is written', () => {
    const piece = fc.constantFrom(
      ':',
      '::',
      '##[',
      '#',
      '[',
      '\r',
      '\n',
      ' ',
      '\u001b[0m',
      '\u200b',
      '\u0000',
      'error',
      ']',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        // As the runner compares: characters of no width do not count.
        const seen = neutralise(pieces.join('')).replaceAll('\u200b', '');
        expect(
          seen
            .split(/\r\n|\r|\n/)
            .filter((line) => line.trimStart().startsWith('::') || line.includes('##[')),
        ).toEqual([]);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(neutralise(neutralise(text))).toBe(neutralise(text));
      }),
    );
  });
});

describe('stripControls', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['cursor movements', 'a\u001b[2K\u001b[1Gb', 'ab'],
    ['a window title', '\u001b]0;title\u0007text', 'text'],
    ['a hyperlink', '\u001b]8;;https://a.example\u001b\\label\u001b]8;;\u001b\\', 'label'],
    ['eight-bit forms', '\u009b31mred', 'red'],
    ['a bell and a backspace', 'a\u0007\u0008b', 'ab'],
    ['a sequence that never ends', 'a\u001b]0;title', 'a0;title'],
  ])('takes out %s', (_, text, stripped) => {
    expect(stripControls(text)).toBe(stripped);
  });

  it('keeps tabs and every letter', () => {
    expect(stripControls('a\tß→日本')).toBe('a\tß→日本');
  });
});

describe('createLineSplitter', () => {
  const lines = (chunks: readonly string[], splitter = createLineSplitter()) => [
    ...chunks.flatMap((chunk) => [...splitter.push(chunk)]),
    ...splitter.end(),
  ];

  it.each([
    ['a line in two chunks', ['ab', 'c\nd'], ['abc', 'd']],
    ['a CRLF cut in half', ['a\r', '\nb\r\n'], ['a', 'b']],
    ['a carriage return that ends a line', ['10 %\r', '20 %\r', 'done\n'], ['10 %', '20 %', 'done']],
    ['empty lines', ['\n\n'], ['', '']],
    ['no line at all', [''], []],
  ])('reads %s', (_, chunks, expected) => {
    expect(lines(chunks)).toEqual(expected);
  });

  it('answers the same lines wherever the chunks end', () => {
    const text = fc
      .array(fc.constantFrom('a', '\r', '\n', '::', '##['), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(5)), (whole, sizes) => {
        const chunks = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(whole.slice(at, at + size));
          at += size;
        }
        chunks.push(whole.slice(at));
        expect(lines(chunks)).toEqual(lines([whole]));
      }),
    );
  });

  it('cuts a line that never ends, so that it cannot fill the memory', () => {
    const long = lines(Array.from({ length: 10 }, () => 'x'.repeat(20_000)));
    expect(long.map((line) => line.length)).toEqual([65_536, 65_536, 65_536, 3_392]);
  });
});
