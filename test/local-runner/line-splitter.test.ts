import { expect, it } from 'vitest';
import { LineSplitter } from '../../packages/local-runner/src/line-splitter.ts';

it.each([
  { name: 'nothing', chunks: [], lines: [] },
  { name: 'whole lines', chunks: ['a\nb\n'], lines: ['a', 'b'] },
  { name: 'a line over three chunks', chunks: ['a', 'b', 'c\n'], lines: ['abc'] },
  { name: 'a last line without a break', chunks: ['a\nb'], lines: ['a', 'b'] },
  { name: 'blank lines', chunks: ['\n\na\n'], lines: ['', '', 'a'] },
  { name: 'CRLF', chunks: ['a\r\nb\r\n'], lines: ['a', 'b'] },
  { name: 'CRLF cut in two', chunks: ['a\r', '\nb\n'], lines: ['a', 'b'] },
  {
    name: 'a lone carriage return, which ends a line',
    chunks: ['10%\r::error::x\n'],
    lines: ['10%', '::error::x'],
  },
  { name: 'a lone carriage return between chunks', chunks: ['10%\r', '20%\n'], lines: ['10%', '20%'] },
  { name: 'a carriage return at the very end', chunks: ['a\r'], lines: ['a'] },
])('cuts $name', ({ chunks, lines }) => {
  const seen: string[] = [];
  const splitter = new LineSplitter((line) => seen.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  expect(seen).toEqual(lines);
});
