import { expect, it } from 'vitest';
import { parseCommand } from '../../packages/local-runner/src/workflow-command.ts';

const known = (name: string) => ['error', 'set-output', 'group'].includes(name.toLowerCase());

function parsed(line: string) {
  const command = parseCommand(line, known);
  return command && { ...command, properties: Object.fromEntries(command.properties) };
}

it.each([
  { name: 'data alone', line: '::error::it broke', properties: {}, data: 'it broke' },
  { name: 'empty data', line: '::error::', properties: {}, data: '' },
  { name: 'white space before it', line: ' \t::error::x', properties: {}, data: 'x' },
  { name: 'any case', line: '::ERROR::x', properties: {}, data: 'x' },
  {
    name: 'properties',
    line: '::error file=a.js,line=3::x',
    properties: { file: 'a.js', line: '3' },
    data: 'x',
  },
  {
    name: 'white space around properties',
    line: '::error  file=a.js ::x',
    properties: { file: 'a.js' },
    data: 'x',
  },
  {
    name: 'property keys in any case',
    line: '::error endLine=3::x',
    properties: { endline: '3' },
    data: 'x',
  },
  {
    name: 'a property without a value, dropped',
    line: '::error file=,line=1::x',
    properties: { line: '1' },
    data: 'x',
  },
  {
    name: 'an equals sign in a property',
    line: '::error title=a=b::x',
    properties: { title: 'a=b' },
    data: 'x',
  },
  { name: 'a second `::` in the data', line: '::error::a::b', properties: {}, data: 'a::b' },
  { name: 'escaped data', line: '::error::a%0Ab%0Dc%25d', properties: {}, data: 'a\nb\rc%d' },
  { name: 'an escaped escape, unescaped once', line: '::error::%250A', properties: {}, data: '%0A' },
  { name: 'data that keeps property escapes', line: '::error::a%3Ab%2Cc', properties: {}, data: 'a%3Ab%2Cc' },
  {
    name: 'escaped properties',
    line: '::error title=a%3Ab%2Cc%0Ad%25::x',
    properties: { title: 'a:b,c\nd%' },
    data: 'x',
  },
  { name: 'the older form', line: '##[error]x', properties: {}, data: 'x' },
  { name: 'the older form in the middle of a line', line: 'log: ##[error]x', properties: {}, data: 'x' },
  {
    name: 'properties of the older form',
    line: '##[error file=a.js;title=b%3Bc%5D]x%3By',
    properties: { file: 'a.js', title: 'b;c]' },
    data: 'x;y',
  },
  {
    name: 'the older form after an unknown newer one',
    line: '::nope::##[error]x',
    properties: {},
    data: 'x',
  },
])('reads $name', ({ line, properties, data }) => {
  expect(parsed(line)).toEqual({ name: 'error', properties, data });
});

it.each([
  { name: 'an unknown name', line: '::nope::x' },
  { name: 'text before the newer form', line: 'x ::error::y' },
  { name: 'a missing second `::`', line: '::error x' },
  { name: 'an unknown name in the older form', line: '##[section]x' },
  { name: 'an unclosed older form', line: '##[error x' },
  { name: 'a bracket closed before it opens', line: '] ##[error' },
  { name: 'nothing', line: '' },
])('takes $name for text', ({ line }) => {
  expect(parsed(line)).toBeUndefined();
});
