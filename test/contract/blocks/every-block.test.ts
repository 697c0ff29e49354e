import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, walkTokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/root.ts';
import { belayActions } from '../../support/blocks/actions.ts';
import { lintBlock } from '../../support/blocks/block-lint.ts';
import { everyBlock, pages } from '../../support/blocks/page-blocks.ts';

// What stands between the fences of a page is copied by its reader: it has to be right, and it has to stay so.

/** How many fenced blocks a Markdown parser finds, in quotations and lists too. */
function fencesOf(markdown: string): number {
  let count = 0;
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'code' && token.codeBlockStyle !== 'indented') count += 1;
  });
  return count;
}

const actions = await belayActions();
const linted = await Promise.all(everyBlock().map((block) => lintBlock(block, actions)));
const kinds = Object.entries(Object.groupBy(linted, ({ kind }) => String(kind))).map(
  ([kind, of = []]) => `${kind}: ${of.length}`,
);

it(`is found and known for what it is (${kinds.join(', ')})`, () => {
  const found = Object.groupBy(linted, ({ block }) => block.page);
  const counts = pages().map((page) => [page, found[page]?.length ?? 0]);
  expect(counts).toEqual(pages().map((page) => [page, fencesOf(readFileSync(join(root, page), 'utf8'))]));
  const known = new Set(linted.map(({ kind }) => kind));
  expect([...known]).toEqual(expect.arrayContaining(['workflow', 'steps', 'checks', 'commands']));
});

it('counts a fence wherever Markdown has one', () => {
  const fence = ['```yaml', 'on: push', '```', ''];
  const places = ['', '> ', '> > ', '  '].map((prefix) => fence.map((line) => prefix + line).join('\n'));
  expect(fencesOf([...places, '- ```yaml\n  on: push\n  ```', '    indented'].join('\n\n'))).toBe(5);
});

describe('every block of every page is right', () => {
  it.each(linted)('$block.page:$block.line ($kind)', ({ findings }) => {
    expect(findings).toEqual([]);
  });
});
