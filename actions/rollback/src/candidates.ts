import { type ChosenTarget, code, escapeMarkdown, table } from '#core';

/** Every release that was looked at, and why it was taken or passed over, as a Markdown table. */
export function candidatesTable(choice: ChosenTarget): string {
  const candidates = candidatesOf(choice);
  return table(
    ['Candidate', 'Made', 'Verdict', ''],
    candidates.map(({ label, created, verdict, passedOver }) => [
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

/** None were looked at when what is wanted already serves. */
export function candidatesOf(choice: ChosenTarget) {
  return choice.kind === 'already-live' ? [] : choice.candidates;
}
