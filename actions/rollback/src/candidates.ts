import { code, escapeMarkdown, table } from '#core';
import { type ChosenTarget, candidatesOf } from '#core/deployment';

/** Every release that was looked at, and why it was taken or passed over, as a Markdown table. */
export function candidatesTable(choice: ChosenTarget): string {
  return table(
    ['Candidate', 'Made', 'Verdict', 'Taken or why not'],
    candidatesOf(choice).map(({ label, created, verdict, passedOver }) => [
      code(label),
      escapeMarkdown(created),
      escapeMarkdown(verdict),
      escapeMarkdown(passedOver ?? 'taken'),
    ]),
  );
}

/** What is not known for sure of the release that was taken, as a Markdown list; empty where all is known. */
export function warningsOf(choice: ChosenTarget): string {
  return choice.kind === 'target'
    ? choice.warnings.map((text) => `- ⚠️ ${escapeMarkdown(text)}`).join('\n')
    : '';
}
