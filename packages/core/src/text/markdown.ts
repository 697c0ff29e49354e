import { withoutAutolinks } from './autolinks.ts';
import { escapeHtml } from './html.ts';

/** Markdown out of values nobody vetted: names, URLs and messages must not be able to change the page around them. */

/**
 * Text as Markdown that shows exactly it, on one line: for cells and paragraphs. Ordinary names stay readable in the
 * source; what GitHub would link, or notify somebody by, is code.
 */
export function escapeMarkdown(text: string): string {
  return atStart(withoutAutolinks(oneLine(text), { plain: escaped, code }));
}

/**
 * A sentence of ours as Markdown: what it puts in backticks is code, whatever values stand in it; all else shows exactly
 * as it is.
 */
export function prose(text: string): string {
  const parts = oneLine(text).split(/(`[^`]+`)/);
  const written = parts.map((part) =>
    /^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : withoutAutolinks(part, { plain: escaped, code }),
  );
  return atStart(written.join(''));
}

function escaped(line: string): string {
  return line
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/www\./gi, (found) => `${found.slice(0, -1)}\\.`);
}

/** What makes a list or a heading of a line that starts with it. */
function atStart(markdown: string): string {
  return markdown.replace(/^(\d*)([-+#=.)])/, '$1\\$2');
}

/** Text as inline code. HTML where it holds a pipe or a backtick, which end a cell or the code in Markdown. */
export function code(text: string): string {
  const shown = oneLine(text);
  if (shown === '') return '';
  if (!/[`|]/.test(shown)) return `\`${shown}\``;
  // To Markdown it is text between two tags, in which it finds mail: only a tag parts that.
  return `<code>${escaped(shown).replaceAll('@', '<i></i>@')}</code>`;
}

/** Several lines, shown as they are. The fence is longer than any run of backticks inside. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${withoutControls(text)}\n${fence}`;
}

/** A link; only http and https become one. */
export function link(label: string, url: string): string {
  if (!/^https?:\/\//.test(url)) return escapeMarkdown(label);
  return `[${atStart(escaped(oneLine(label)))}](<${oneLine(url).replace(/[<>\\|\s]/g, encodeURIComponent)}>)`;
}

/** A row of a table of facts: its name, and its value as Markdown. */
export type Fact = readonly [name: string, value: string];

/** The fact as a row, none where nothing is known of it. */
export function factRow(name: string, value: string | undefined): readonly Fact[] {
  return value === undefined || value === '' ? [] : [[name, value]];
}

/** Rows of cells that are Markdown already. Short rows are filled up; no rows, no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : tableOf(head, rows, '---');
}

/**
 * Facts by name, a row each. The first is the head row, since an empty one would show as a grey bar; head cells stand in
 * the middle unless they are told not to.
 */
export function factsTable(facts: readonly Fact[]): string {
  const [head, ...rest] = facts;
  return head === undefined ? '' : tableOf(head, rest, ':---');
}

function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: '---' | ':---',
): string {
  const line = (cells: readonly string[]) =>
    `| ${head.map((_, column) => (cells[column] ?? '').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(head), `|${` ${align} |`.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Text as it is: one line wraps on a narrow screen; several keep their lines. */
export function verbatim(text: string): string {
  return /[\r\n]/.test(text) ? codeBlock(text) : `> ${code(text)}`;
}

/** A fold. `summary` is text, which stands in HTML that no Markdown is read in; `body` is Markdown. */
export function details(summary: string, body: string, { open = false } = {}): string {
  const tag = open ? '<details open>' : '<details>';
  const inCode = (text: string) => `<code>${escapeHtml(text)}</code>`;
  const head = withoutAutolinks(oneLine(summary), { plain: escapeHtml, code: inCode });
  return `${tag}<summary>${head}</summary>\n\n${body}\n\n</details>`;
}

/** A duration as people read it: `480 ms`, `12.3 s`, `1m 05s`, `2h 03m`. */
export function durationWords(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  const two = (part: number) => String(part).padStart(2, '0');
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim();
}

/** Characters that are not shown, or turn the order of those around them. */
const unseen = /[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unseen, '');
}
