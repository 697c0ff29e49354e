import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult, ChecksReport } from '../checks/check-result.ts';
import { redactJson } from '../io/redact-data.ts';
import { errorLine } from '../outcome/failure.ts';
import { temporaryFolder } from '../runner/folders.ts';
import type { Runner } from '../runner/runner.ts';
import { checksHtml } from './checks-html.ts';
import { checksJson } from './checks-json.ts';
import { checksJunit } from './checks-junit.ts';
import { checksSummary } from './checks-summary.ts';
import { checksTap } from './checks-tap.ts';
import type { ReportSubject } from './report-subject.ts';

export { checksSummary };

const texts: Readonly<Record<string, (report: ChecksReport, subject: ReportSubject) => string>> = {
  'index.html': checksHtml,
  'result.tap': (report) => `${checksTap(report)}\n`,
  'junit.xml': checksJunit,
  'result.json': (report) => `${checksJson(report)}\n`,
  'summary.md': (report) => `${checksSummary(report)}\n`,
};

/**
 * Writes `index.html`, `junit.xml`, `result.json`, `result.tap`, `summary.md`, and below `answers/` each answer that failed,
 * masked, into a new folder below `RUNNER_TEMP`;
 * answers the folder's path. One that cannot be made is warned of, and answered as `''`: a report changes nothing of what
 * it would have told.
 */
export async function writeChecksReport(
  whole: ChecksReport,
  runner: Pick<Runner, 'context' | 'env' | 'redact' | 'warning'>,
  subject: ReportSubject,
): Promise<string> {
  try {
    const folder = await temporaryFolder(runner, 'belay-checks-');
    const report = await withAnswers(whole, folder, runner.redact);
    // One after the other: of thousands of checks each is megabytes.
    for (const [file, text] of Object.entries(texts)) {
      const { redact } = runner;
      const masked = file.endsWith('.json')
        ? redactJson(text(report, subject), redact)
        : redact(text(report, subject));
      await writeFile(join(folder, file), masked);
    }
    return folder;
  } catch (error) {
    runner.warning(`The report of the checks cannot be written: ${errorLine(error)}`);
    return '';
  }
}

/** Writes the answers, and answers the report with the name of each file. */
async function withAnswers(
  report: ChecksReport,
  folder: string,
  redact: (text: string) => string,
): Promise<ChecksReport> {
  const { answers = [], results } = report;
  if (answers.length === 0) return report;
  await mkdir(join(folder, 'answers'));
  const files = new Map<string, string>();
  for (const [index, { check, text }] of answers.entries()) {
    const file = `answers/${index + 1}-${fileName(check)}.txt`;
    await writeFile(join(folder, file), redact(text));
    files.set(check, file);
  }
  const named = results.map((result): CheckResult => {
    const file = files.get(result.name);
    return file === undefined || result.answer === undefined
      ? result
      : { ...result, answer: { ...result.answer, file } };
  });
  return { ...report, results: named };
}

/** What is left of a name that every file system and every page takes. */
function fileName(check: string): string {
  const plain = check.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain.slice(0, 60).replace(/^-|-$/g, '') || 'check';
}
