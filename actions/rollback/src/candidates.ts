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

/** None were looked at when what is wanted already serves. */
export function candidatesOf(choice: ChosenTarget) {
  return choice.kind === 'already-live' ? [] : choice.candidates;
}
