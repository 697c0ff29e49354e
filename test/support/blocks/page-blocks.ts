import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/root.ts';

/** What stands between two fences of a page, or a whole file of `.github/workflows`. */
export interface PageBlock {
  /** From the repository's root. */
  readonly page: string;
  /** The line of the page on which the text begins. */
  readonly line: number;
  /** As the opening fence names it, in lower case; '' where it names none; `yaml` of a diff, as all of ours are. */
  readonly language: string;
  /** Without what every line of it is indented by; of a diff what it makes, with a blank line for each it takes away. */
  readonly text: string;
}

/** Something wrong on a page, `page:line: what`. */
export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** Every page but the changelog, which tells of what was. */
export function pages(): readonly string[] {
  return globSync('**/*.md', {
    cwd: root,
    exclude: (name) => ['node_modules', 'dist', 'build', '.git', 'CHANGELOG.md'].includes(String(name)),
  }).sort();
}

/** Every block of every page, in their order, and the workflows of this repository. */
export function everyBlock(): readonly PageBlock[] {
  const workflows = globSync('.github/{workflows,workflow-templates}/*.{yml,yaml}', { cwd: root }).sort();
  return [
    ...pages().flatMap((page) => blocksOf(page, read(page))),
    ...workflows.map((page) => ({ page, line: 1, language: 'yaml', text: read(page) })),
  ];
}

/**
 * The fenced blocks of a page, in quotations too. A fence that nothing closes is an error: half the page would be taken
 * for text of it.
 */
export function blocksOf(page: string, markdown: string): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, quotes = '', indent = '', fence = '', info = ''] = opening.exec(lines[at] ?? '') ?? [];
    if (fence === '') continue;
    const first = at + 1;
    const within = quoted(lines.slice(first), quotes.split('>').length - 1);
    const length = within.findIndex((line) => closes(line, fence));
    if (length === -1) throw new Error(`${page}:${at + 1}: the block that begins here has no end`);
    const language = (info.trim().split(/[\s{,]/)[0] ?? '').toLowerCase();
    const text = dedented(within.slice(0, length), indent.length);
    blocks.push({ page, line: first + 1, ...(language === 'diff' ? made(text) : { language, text }) });
    at = first + length;
  }
  return blocks;
}

const opening = /^((?: {0,3}> ?)*)(\s*)(`{3,}|~{3,})\s*(.*)$/;

/** The lines of a quotation without its marks, as far as it goes. */
function quoted(lines: readonly string[], depth: number): readonly string[] {
  const marks = new RegExp(`^(?: {0,3}> ?){${depth}}`);
  const end = lines.findIndex((line) => !marks.test(line));
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.replace(marks, ''));
}

/** What a diff makes. */
function made(diff: string): Pick<PageBlock, 'language' | 'text'> {
  const text = diff.replace(/^(?:-.*|[ +])/gm, '');
  return { language: 'yaml', text };
}

function closes(line: string, fence: string): boolean {
  const bare = line.trim();
  return bare.length >= fence.length && bare === (fence[0] ?? '').repeat(bare.length);
}

/** As a reader would copy it: a fragment that stands deep in its file is shown with the indentation it has there. */
function dedented(lines: readonly string[], least: number): string {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = Math.max(least, depths.length === 0 ? 0 : Math.min(...depths));
  return lines.map((line) => `${line.slice(depth)}\n`).join('');
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
