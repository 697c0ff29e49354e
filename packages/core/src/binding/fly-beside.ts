import type { Beside } from '../platforms/fly/beside.ts';
import { details, escapeMarkdown } from '../report/markdown.ts';

/** What runs beside the fleet, as Markdown for the summary; what takes no traffic is folded. */
export function besideMarkdown({ accepted, idle, left }: Beside): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
  const folded =
    idle.length === 0 ? [] : [details('Machines that flyctl does not manage', `\n${list(idle)}\n`)];
  const shown = [...accepted, ...left];
  return [...(shown.length === 0 ? [] : [list(shown)]), ...folded].join('\n\n');
}
