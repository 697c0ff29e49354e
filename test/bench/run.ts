/**
 * `npm run bench`: the measured figures beside their bars. Sizes and numbers of calls are the same in every run, so
 * a miss of theirs exits with 1; a time depends on the machine, so its miss is only printed, unless `--strict`.
 */
import { parseArgs } from 'node:util';
import { type Figure, judge, summarise } from './figure.ts';
import { openGround } from './ground.ts';
import { measureDeploy } from './measures/deploy.ts';
import { measureGitHubCalls } from './measures/github-calls.ts';
import { measureNotice } from './measures/notice.ts';
import { measureProofStage } from './measures/proof-stage.ts';
import { measureRestore } from './measures/restore.ts';
import { measureSizes } from './measures/sizes.ts';
import { measureStart } from './measures/start.ts';
import { renderTable } from './table.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, strict: { type: 'boolean' } },
});

const started = performance.now();
const stage = await openGround();
const figures: Figure[] = [];
try {
  const { kind, says } = stage.flyctl;
  process.stdout.write(`flyctl: ${kind} (${says})\n`);
  for (const measure of [measureStart, measureDeploy, measureRestore, measureNotice]) {
    figures.push(...(await measure(stage)));
  }
} finally {
  await stage.close();
}
figures.push(...(await measureGitHubCalls()), ...(await measureProofStage()), ...measureSizes());
process.stdout.write(`${renderTable(figures)}`);
if (options.json) {
  const results = figures.map((figure) => ({
    ...figure,
    ...summarise(figure.values),
    verdict: judge(figure),
  }));
  process.stdout.write(`${JSON.stringify(results)}\n`);
}
const misses = figures.filter((figure) => judge(figure) === 'MISS');
const failing = misses.filter(({ exact }) => exact === true || options.strict);
if (failing.length > 0) process.exitCode = 1;
process.stdout.write(`\nIn ${((performance.now() - started) / 1_000).toFixed(0)} s.\n`);
