import type { Annotation } from '../action/action.ts';
import type { CheckResult, ChecksReport } from '../checks/verdict.ts';
import { evidenceLines } from './checks-text.ts';

/** The runner keeps this many of each kind a step. */
const kept = 10;

/**
 * Errors for gates that did not pass and warnings for advisory checks that failed, at their place in the file. The
 * last one the runner would keep says how many more there are. `reserved` errors are left for the caller's own.
 */
export function checksAnnotations(report: ChecksReport, reserved = 0): Annotation[] {
  const bad = report.results.filter((result) => !['pass', 'skipped'].includes(result.outcome));
  const gates = bad.filter((result) => result.severity === 'gate');
  const advisory = bad.filter((result) => result.severity === 'advisory');
  return [...limited(gates, 'error', kept - reserved), ...limited(advisory, 'warning', kept)];
}

function limited(results: readonly CheckResult[], level: Annotation['level'], most: number): Annotation[] {
  if (results.length <= most) return results.map((result) => annotation(result, level));
  const shown = results.slice(0, most - 1).map((result) => annotation(result, level));
  const rest = results.length - shown.length;
  return [...shown, { level, message: `${rest} more checks did not pass: see the job summary.` }];
}

function annotation(result: CheckResult, level: Annotation['level']): Annotation {
  const message = `${result.name}: ${evidenceLines(result).join('; ')}`;
  const { file, line, column } = result.attempts.at(-1)?.failures[0]?.where ?? result.place ?? {};
  const title = `Check ${result.outcome}`;
  if (file === undefined || line === undefined || column === undefined)
    return { level, message, place: { title } };
  return { level, message, place: { title, file, line, column } };
}
