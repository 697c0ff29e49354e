import { expect, it } from 'vitest';
import { parseFileCommand } from '../../packages/local-runner/src/file-command.ts';

it.each([
  { name: 'an empty file', text: '', entries: [] },
  { name: 'a pair', text: 'a=1\n', entries: [['a', '1']] },
  { name: 'a pair without a final line break', text: 'a=1', entries: [['a', '1']] },
  { name: 'an empty value', text: 'a=\n', entries: [['a', '']] },
  { name: 'white space, kept on both sides', text: ' a = 1 \n', entries: [[' a ', ' 1 ']] },
  { name: 'an equals sign in the value', text: 'a=b=c\n', entries: [['a', 'b=c']] },
  { name: '`=` before `<<`, so not a heredoc', text: 'a=b<<EOF\n', entries: [['a', 'b<<EOF']] },
  { name: '`<<` before `=`, so a heredoc', text: 'a<<E=F\nx\nE=F\n', entries: [['a', 'x']] },
  {
    name: 'blank lines between entries',
    text: '\na=1\n\nb=2\n',
    entries: [
      ['a', '1'],
      ['b', '2'],
    ],
  },
  {
    name: 'a value set twice, in order',
    text: 'a=1\na=2\n',
    entries: [
      ['a', '1'],
      ['a', '2'],
    ],
  },
  { name: 'a CRLF pair, which keeps its `\\r`', text: 'a=1\r\n', entries: [['a', '1\r']] },
  { name: 'a heredoc', text: 'a<<EOF\none\ntwo\nEOF\n', entries: [['a', 'one\ntwo']] },
  { name: 'a heredoc whose last line ends the file', text: 'a<<EOF\none\nEOF', entries: [['a', 'one']] },
  { name: 'an empty heredoc', text: 'a<<EOF\nEOF\n', entries: [['a', '']] },
  { name: 'a heredoc of one blank line', text: 'a<<EOF\n\nEOF\n', entries: [['a', '']] },
  { name: 'a heredoc ending in a blank line', text: 'a<<EOF\nx\n\nEOF\n', entries: [['a', 'x\n']] },
  {
    name: 'a delimiter inside a longer line',
    text: 'a<<EOF\nEOF2\n EOF\nEOF\n',
    entries: [['a', 'EOF2\n EOF']],
  },
  { name: 'a delimiter with white space around it', text: 'a<< E \nx\n E \n', entries: [['a', 'x']] },
  {
    name: 'pairs inside a heredoc as text',
    text: 'a<<EOF\nb=1\nEOF\nc=2\n',
    entries: [
      ['a', 'b=1'],
      ['c', '2'],
    ],
  },
])('reads $name', ({ text, entries }) => {
  expect(parseFileCommand(text)).toEqual({ entries });
});

it.each([
  { name: 'a line with neither', text: 'a\n', mistake: "Invalid format 'a'" },
  { name: 'a pair without a name', text: '=1\n', mistake: "Invalid format '=1'. Name must not be empty" },
  {
    name: 'a heredoc without a name',
    text: '<<EOF\nx\nEOF\n',
    mistake: "Invalid format '<<EOF'. Name must not be empty and delimiter must not be empty",
  },
  {
    name: 'a heredoc without a delimiter',
    text: 'a<<\nx\n',
    mistake: "Invalid format 'a<<'. Name must not be empty and delimiter must not be empty",
  },
  {
    name: 'a heredoc that never ends',
    text: 'a<<EOF\nx\n',
    mistake: "Invalid value. Matching delimiter not found 'EOF'",
  },
  {
    name: 'a delimiter glued to the value',
    text: 'a<<EOF\nxEOF\n',
    mistake: "Invalid value. Matching delimiter not found 'EOF'",
  },
  {
    name: 'a CRLF after the delimiter that its end does not have',
    text: 'a<<EOF\r\nx\r\nEOF\n',
    mistake: "Invalid value. Matching delimiter not found 'EOF\r'",
  },
])('keeps what came before $name, and names the mistake', ({ text, mistake }) => {
  expect(parseFileCommand(`good=1\n${text}late=2\n`)).toEqual({ entries: [['good', '1']], mistake });
});
