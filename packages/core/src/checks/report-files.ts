import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksHtml } from '../report/checks-html.ts';
import { checksJson } from '../report/checks-json.ts';
import { checksJunit } from '../report/checks-junit.ts';
import { checksSummary } from '../report/checks-summary.ts';
import { checksTap } from '../report/checks-tap.ts';
import type { ChecksReport } from './verdict.ts';

/** Writes `index.html`, `junit.xml`, `result.json`, `result.tap` and `summary.md` into a new folder below `temp`; answers the folder's path. */
export async function writeChecksReport(report: ChecksReport, temp: string): Promise<string> {
  const folder = await mkdtemp(join(temp, 'belay-checks-'));
  await Promise.all([
    writeFile(join(folder, 'index.html'), checksHtml(report)),
    writeFile(join(folder, 'result.tap'), `${checksTap(report)}\n`),
    writeFile(join(folder, 'junit.xml'), checksJunit(report)),
    writeFile(join(folder, 'result.json'), `${checksJson(report)}\n`),
    writeFile(join(folder, 'summary.md'), `${checksSummary(report)}\n`),
  ]);
  return folder;
}
