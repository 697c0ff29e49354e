import { type ActionResult, code, escapeMarkdown, type FailureText, type Serving, table } from '#core';

type Ended = 'preview-removed' | 'preview-absent' | 'pull-request-closed';

/** A run that deploys nothing, and ends green. */
export function endedResult(
  reason: Ended,
  headline: string,
  about: { readonly serving: Serving; readonly target?: string },
): ActionResult {
  return {
    outcome: 'done',
    reason,
    ok: true,
    serving: about.serving,
    outputs: about.target === undefined ? {} : { target: about.target },
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
  };
}

/** What became of one environment in a sweep. */
export interface SweptLine {
  readonly name: string;
  readonly number: number;
  readonly did: 'removed' | 'kept' | 'failed';
  readonly note: string;
  /** Set with `failed`. */
  readonly failure?: FailureText;
}

/** A sweep that failed in part has still removed the rest, and says so. */
export function sweptResult(lines: readonly SweptLine[]): ActionResult {
  const count = (did: SweptLine['did']) => lines.filter((line) => line.did === did).length;
  const failed = count('failed') > 0 ? `, ${count('failed')} failed` : '';
  const headline = `🧹 Previews: ${count('removed')} removed, ${count('kept')} kept${failed}.`;
  const rows = lines.map(({ name, number, did, note }) => [
    code(name),
    `#${number}`,
    did,
    escapeMarkdown(note),
  ]);
  const results = lines.map(({ name, number, did, note }) => ({
    environment: name,
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
    summary: `## ${headline}\n\n${table(['environment', 'pull request', 'did', 'why'], rows)}\n`,
  };
}
