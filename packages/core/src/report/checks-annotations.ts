import type { CheckResult, ChecksReport, SourcePlace, Warning } from '../checks/check-result.ts';
import type { Annotation } from './annotation.ts';
import { evidenceLines, worstFirst } from './checks-text.ts';

/** The runner keeps this many of each kind a step, and so many characters of each. */
const kept = 10;
const longest = 4096;

/**
 * Errors for gates that did not pass and warnings for advisory checks that failed, at their place in the file. The
 * last one the runner would keep says how many more there are.
 */
export function checksAnnotations(report: ChecksReport): Annotation[] {
  const bad = worstFirst(report.results).filter((result) => !['pass', 'skipped'].includes(result.outcome));
  const gates = bad.filter((result) => result.severity === 'gate');
  const advisory = bad.filter((result) => result.severity === 'advisory');
  const warnings = report.results.flatMap((result) =>
    (result.warnings ?? []).map((one) => remark(result, one)),
  );
  return [
    ...limited(
      gates.map((result) => annotation(result, 'error')),
      'error',
    ),
    ...limited([...advisory.map((result) => annotation(result, 'warning')), ...warnings], 'warning'),
  ];
}

function limited(all: readonly Annotation[], level: Annotation['level']): readonly Annotation[] {
  if (all.length <= kept) return all;
  const shown = all.slice(0, kept - 1);
  const rest = all.length - shown.length;
  const message =
    level === 'error'
      ? `${rest} more checks did not pass: see the job summary.`
      : `${rest} more warnings: see the job summary.`;
  return [...shown, { level, message }];
}

function remark({ name }: CheckResult, { message, where }: Warning): Annotation {
  return { level: 'warning', message: cut(`${name}: ${message}`), place: placed('Check warning', where) };
}

function annotation(result: CheckResult, level: Annotation['level']): Annotation {
  const message = cut(`${result.name}: ${evidenceLines(result).join('; ')}`);
  const where = result.attempts.at(-1)?.failures[0]?.where ?? result.place;
  return { level, message, place: placed(`Check ${result.outcome}`, where) };
}

/** Inline checks stand in no file that could be pointed at. */
function placed(title: string, where: SourcePlace | undefined): Annotation['place'] & object {
  if (where?.file === undefined) return { title };
  return { title, file: where.file, line: where.line, column: where.column };
}

/** The runner cuts without a sign; this says so. */
function cut(message: string): string {
  return message.length <= longest ? message : `${message.slice(0, longest - 1)}…`;
}
