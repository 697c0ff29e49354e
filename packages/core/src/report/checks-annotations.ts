import type { Annotation } from '../action/action.ts';
import type { CheckResult, ChecksReport, SourcePlace } from '../checks/verdict.ts';
import { evidenceLines } from './checks-text.ts';

/** The runner keeps this many of each kind a step. */
const kept = 10;

/**
 * Errors for gates that did not pass; warnings for advisory checks that failed and for what a check warns of. Each at
 * its place in the file. The last one the runner would keep says how many more there are. `reserved` errors are left
 * for the caller's own.
 */
export function checksAnnotations(report: ChecksReport, reserved = 0): Annotation[] {
  const bad = report.results.filter((result) => !['pass', 'skipped'].includes(result.outcome));
  const of = (severity: CheckResult['severity']) => bad.filter((result) => result.severity === severity);
  const errors = of('gate').map((result) => annotation(result, 'error'));
  const warnings = of('advisory').map((result) => annotation(result, 'warning'));
  const remarks = report.results.flatMap(remarksOf);
  return [
    ...limited(errors, kept - reserved, 'checks did not pass'),
    ...limited([...warnings, ...remarks], kept, 'warnings'),
  ];
}

function limited(all: readonly Annotation[], most: number, what: string): Annotation[] {
  const [first] = all;
  if (first === undefined || all.length <= most) return [...all];
  const shown = all.slice(0, most - 1);
  const message = `${all.length - shown.length} more ${what}: see the job summary.`;
  return [...shown, { level: first.level, message }];
}

function annotation(result: CheckResult, level: Annotation['level']): Annotation {
  const message = `${result.name}: ${evidenceLines(result).join('; ')}`;
  const where = result.attempts.at(-1)?.failures[0]?.where ?? result.place;
  return placed({ level, message }, `Check ${result.outcome}`, where);
}

function remarksOf({ name, warnings = [] }: CheckResult): Annotation[] {
  return warnings.map(({ message, where }) =>
    placed({ level: 'warning', message: `${name}: ${message}` }, 'Check warning', where),
  );
}

function placed(annotation: Annotation, title: string, where: SourcePlace | undefined): Annotation {
  if (where?.file === undefined) return { ...annotation, place: { title } };
  const { file, line, column } = where;
  return { ...annotation, place: { title, file, line, column } };
}
