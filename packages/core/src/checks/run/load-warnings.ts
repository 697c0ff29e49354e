import type { LoadWarning } from '../check-file.ts';
import type { ChecksReport } from '../check-result.ts';

/** A report in which checks have, before their own warnings, what was worth one when they were read. */
export function withLoadWarnings(report: ChecksReport, noted: readonly LoadWarning[]): ChecksReport {
  if (noted.length === 0) return report;
  const results = report.results.map((result) => {
    const own = noted.filter(({ check }) => check === result.name).map(({ check: _, ...warning }) => warning);
    return own.length === 0 ? result : { ...result, warnings: [...own, ...(result.warnings ?? [])] };
  });
  return { ...report, results };
}
