import { escapeMarkdown } from './markdown.ts';

/** The summary of a dry run: what a real one would do, as plain lines. Markdown. */
export function rehearsedSummary(lines: readonly string[], nothing = 'nothing was changed'): string {
  return `## 📝 Rehearsed: ${nothing}\n\n${lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')}\n`;
}
