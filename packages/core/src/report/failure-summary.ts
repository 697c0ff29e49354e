import type { FailureText } from '../outcome/failure.ts';
import { details, prose } from '../text/markdown.ts';

const mostDetails = 50;

/** The summary of a step that ended before there was anything to report: what failed, why, and what to do. Markdown. */
export function failureSummary(failure: FailureText, title: string, lastWord: string): string {
  const { code, what, why, next, details: told = [] } = failure;
  const items = (lines: readonly string[]) => lines.map((line) => `- ${prose(line)}`).join('\n');
  const rest = told.length - mostDetails;
  const parts = [
    `## ${title} (${code})`,
    prose(what),
    ...(why === undefined ? [] : [prose(why)]),
    ...(told.length === 0 || told.length > mostDetails ? [] : [items(told)]),
    ...(rest > 0
      ? [details(`Details (${told.length}, ${rest} of them in the log)`, items(told.slice(0, mostDetails)))]
      : []),
    `### What to do now\n\n1. ${prose(next)}`,
    ...(lastWord === what ? [] : [prose(lastWord)]),
  ];
  return `${parts.join('\n\n')}\n`;
}
