import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorLine } from '../failure.ts';
import { redactJson } from '../redact-data.ts';
import { checksHtml } from '../report/checks-html.ts';
import { checksJson } from '../report/checks-json.ts';
import { checksJunit } from '../report/checks-junit.ts';
import { checksSummary } from '../report/checks-summary.ts';
import { checksTap } from '../report/checks-tap.ts';
import { temporaryFolder } from '../runner/folders.ts';
import type { Runner } from '../runner/runner.ts';
import type { ChecksReport } from './verdict.ts';

const texts: Readonly<Record<string, (report: ChecksReport) => string>> = {
  'index.html': checksHtml,
  'result.tap': (report) => `${checksTap(report)}\n`,
  'junit.xml': checksJunit,
  'result.json': (report) => `${checksJson(report)}\n`,
  'summary.md': (report) => `${checksSummary(report)}\n`,
};

/**
 * Writes `index.html`, `junit.xml`, `result.json`, `result.tap`, `summary.md`, masked, into a new folder below `RUNNER_TEMP`;
 * answers the folder's path. One that cannot be made is warned of, and answered as `''`: a report changes nothing of what
 * it would have told.
 */
export async function writeChecksReport(
  report: ChecksReport,
  runner: Pick<Runner, 'context' | 'env' | 'redact' | 'warning'>,
): Promise<string> {
  try {
    const folder = await temporaryFolder(runner, 'belay-checks-');
    // One after the other: of thousands of checks each is megabytes.
    for (const [file, text] of Object.entries(texts)) {
      const { redact } = runner;
      const masked = file.endsWith('.json') ? redactJson(text(report), redact) : redact(text(report));
      await writeFile(join(folder, file), masked);
    }
    return folder;
  } catch (error) {
    runner.warning(`The report of the checks cannot be written: ${errorLine(error)}`);
    return '';
  }
}
