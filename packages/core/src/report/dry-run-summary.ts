import { escapeMarkdown } from '../text/markdown.ts';

/** The summary of a dry run: what a real one would do, as plain lines. Markdown. */
export function dryRunSummary(lines: readonly string[], nothing = 'nothing was changed'): string {
  return `## 📝 Rehearsed: ${nothing}\n\n${lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')}\n`;
}
