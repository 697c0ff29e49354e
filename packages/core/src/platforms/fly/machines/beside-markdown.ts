import { details, escapeMarkdown } from '../../../text/markdown.ts';
import type { Beside as BesideRelease } from '../../open-platform.ts';
import type { Beside } from './beside.ts';

/** What runs beside the fleet, as Markdown for the summary; what takes no traffic is folded. */
export function besideMarkdown({ accepted, idle, left }: Beside): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
  const folded =
    idle.length === 0 ? [] : [details('Machines that flyctl does not manage', `\n${list(idle)}\n`)];
  const shown = [...accepted, ...left];
  return [...(shown.length === 0 ? [] : [list(shown)]), ...folded].join('\n\n');
}

/** What every platform's door says of it, and what becomes of what is left. */
export function seenBeside(beside: Beside, app: string): BesideRelease {
  const warnings = beside.left.map(
    (line) =>
      `${line[0]?.toUpperCase()}${line.slice(1)}. The next deploy that may change the machines destroys it; \`fly machine list --app ${app}\` shows it.`,
  );
  return { left: beside.left, warnings, markdown: besideMarkdown(beside) };
}
