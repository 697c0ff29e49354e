import { type ActionResult, code, escapeMarkdown, type FailureText, table } from '#core';

/** What became of one review app in a sweep. */
export interface SweptLine {
  readonly name: string;
  readonly number: number;
  readonly did: 'destroyed' | 'kept' | 'failed';
  readonly note: string;
  /** Set with `failed`. */
  readonly failure?: FailureText;
}

/** A sweep that failed in part has still destroyed the rest, and says so. */
export function sweptResult(lines: readonly SweptLine[]): ActionResult {
  const count = (did: SweptLine['did']) => lines.filter((line) => line.did === did).length;
  const headline = `🧹 Review apps: ${count('destroyed')} destroyed, ${count('kept')} kept${count('failed') > 0 ? `, ${count('failed')} failed` : ''}.`;
  const rows = lines.map(({ name, number, did, note }) => [
    code(name),
    `#${number}`,
    did,
    escapeMarkdown(note),
  ]);
  const results = lines.map(({ name, number, did, note }) => ({
    app: name,
    'pull-request': number,
    did,
    note,
  }));
  const failure = lines.find((line) => line.failure !== undefined)?.failure;
  return {
    ...(failure === undefined
      ? { outcome: 'done', reason: 'swept', ok: true }
      : { outcome: 'error', reason: failure.code, ok: false, failure }),
    outputs: { results: JSON.stringify(results) },
    headline,
    summary: `## ${headline}\n\n${table(['app', 'pull request', 'did', 'why'], rows)}\n`,
  };
}
