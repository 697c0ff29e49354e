import type { CheckResult, ChecksReport } from '../checks/check-result.ts';
import { reasons } from '../outcome/reasons.ts';
import { defined } from '../text/defined.ts';
import { answerLines, evidenceLines, noteLines, placeText } from './checks-text.ts';

/** TAP 14, for pipes: a point for each check; an advisory one that failed is a TODO, which no reader counts as failed. */
export function checksTap(report: ChecksReport): string {
  const { results, outcome, reason } = report;
  const points = results.map((result, index) => point(result, index + 1));
  const verdict = `# ${outcome}: ${reasons[reason].meaning}`;
  return ['TAP version 14', `1..${results.length}`, ...points, verdict].join('\n');
}

function point(result: CheckResult, number: number): string {
  const ok = result.outcome === 'pass' || result.outcome === 'skipped';
  const head = `${ok ? 'ok' : 'not ok'} ${number} - ${escaped(result.name)}${directive(result)}`;
  const notes = noteLines(result);
  if (ok) return [head, ...notes.map((note) => `# ${note.replace(/[\p{Cc}\s]+/gu, ' ')}`)].join('\n');
  const where = result.attempts.at(-1)?.failures[0]?.where ?? result.place;
  const facts = {
    outcome: result.outcome,
    reason: result.reason,
    severity: result.severity,
    attempts: result.attemptCount,
    duration_ms: result.durationMs,
    ...defined({ url: result.url }),
    ...(where === undefined ? {} : { at: placeText(where) }),
    evidence: evidenceLines(result),
    ...(notes.length === 0 ? {} : { notes }),
    ...(result.answer === undefined ? {} : { answer: answerLines(result) }),
    ...defined({ curl: result.curl }),
  };
  // JSON is YAML, and leaves no character of a hostile answer with a meaning of its own.
  const lines = Object.entries(facts).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  return [head, '  ---', ...lines, '  ...'].join('\n');
}

function directive(result: CheckResult): string {
  const { outcome, severity } = result;
  if (outcome === 'skipped') return ` # SKIP ${escaped(evidenceLines(result)[0] ?? '')}`;
  return severity === 'advisory' && outcome !== 'pass' ? ' # TODO advisory' : '';
}

/** A description on one line; `#` would begin a directive. */
function escaped(name: string): string {
  return name
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/[\\#]/g, '\\$&');
}
