import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redactJson } from '../redact-data.ts';
import { checksHtml } from '../report/checks-html.ts';
import { checksJson } from '../report/checks-json.ts';
import { checksJunit } from '../report/checks-junit.ts';
import { checksSummary } from '../report/checks-summary.ts';
import { checksTap } from '../report/checks-tap.ts';
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
 * Writes `index.html`, `junit.xml`, `result.json`, `result.tap` and `summary.md`, masked, into a new folder below the
 * runner's own for what is temporary; answers the folder's path.
 */
export async function writeChecksReport(
  report: ChecksReport,
  { context, redact }: Pick<Runner, 'context' | 'redact'>,
): Promise<string> {
  const folder = await mkdtemp(join(context.temp, 'belay-checks-'));
  // One after the other: of thousands of checks each is megabytes.
  for (const [file, text] of Object.entries(texts)) {
    const masked = file.endsWith('.json') ? redactJson(text(report), redact) : redact(text(report));
    await writeFile(join(folder, file), masked);
  }
  return folder;
}
