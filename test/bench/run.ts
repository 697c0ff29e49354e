/**
 * `npm run bench`: the measured figures beside their bars. Sizes and numbers of calls are the same in every run, so
 * a miss of theirs exits with 1; a time depends on the machine, so its miss is only printed, unless `--strict`.
 * `--json` adds one line with everything. The real flyctl is named by BELAY_FLYCTL or found on PATH.
 */
import { parseArgs } from 'node:util';
import { type Figure, judge, summarise } from './figure.ts';
import { openGround } from './ground.ts';
import { measureArchive } from './measures/archive.ts';
import { measureChecks } from './measures/checks.ts';
import { measureCrash } from './measures/crash.ts';
import { measureDeploy } from './measures/deploy.ts';
import { measureGitHubCalls } from './measures/github-calls.ts';
import { measureNotice } from './measures/notice.ts';
import { measureProofStage } from './measures/proof-stage.ts';
import { measureRailwayNotice } from './measures/railway-notice.ts';
import { measureRestore } from './measures/restore.ts';
import { measureSizes } from './measures/sizes.ts';
import { measureStart } from './measures/start.ts';
import { measureWorker } from './measures/worker.ts';
import { renderTable } from './table.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, strict: { type: 'boolean' } },
});

const started = performance.now();
const figures = [...(await measureOnOneStage()), ...(await measureGitHubCalls())];
figures.push(
  ...(await measureProofStage()),
  ...(await measureChecks()),
  ...(await measureWorker()),
  ...(await measureArchive()),
  ...(await measureRailwayNotice()),
  ...measureSizes(),
);
say(renderTable(figures));
for (const figure of figures.filter((one) => judge(one) === 'MISS')) {
  const fails = figure.exact === true || options.strict === true;
  say(
    `MISS: ${figure.name}${fails ? '' : ' (a time, which depends on the machine: --strict fails for it)'}\n`,
  );
  if (fails) process.exitCode = 1;
}
say(`In ${((performance.now() - started) / 1_000).toFixed(0)} s.\n`);
if (options.json) say(`${JSON.stringify(figures.map(withSummary))}\n`);

async function measureOnOneStage(): Promise<readonly Figure[]> {
  const stage = await openGround();
  try {
    say(`flyctl: ${stage.flyctl.kind} (${stage.flyctl.says})\n\n`);
    const measured: Figure[] = [];
    for (const measure of [measureStart, measureDeploy, measureRestore, measureNotice, measureCrash]) {
      measured.push(...(await measure(stage)));
    }
    return measured;
  } finally {
    await stage.close();
  }
}

function withSummary(figure: Figure): object {
  return { ...figure, ...summarise(figure.values), judgement: judge(figure) };
}

function say(text: string): void {
  process.stdout.write(text);
}
