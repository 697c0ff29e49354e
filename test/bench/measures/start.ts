import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demo, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { deploy, expectEnd, repeat } from '../ground.ts';
import { timed } from '../timed-process.ts';

const rounds = 15;
const bar = 4.5;

/** From the start of a bundle to its first request to the platform, in whole runs of an empty script. */
export async function measureStart(stage: Stage): Promise<readonly Figure[]> {
  const empty = join(stage.temp, 'empty.js');
  await writeFile(empty, '');
  const how =
    'runner starts the step → the request arrives, ÷ whole runs of an empty Node script just before and after';
  const emptyRun = () => timed({ command: process.execPath, args: [empty] });
  const ratios = (run: () => Promise<{ readonly startedAt: string }>, host: string) =>
    repeat(rounds, async () => {
      const before = await emptyRun();
      const since = stage.cloud.journal.lastSeq;
      const { startedAt } = await run();
      const first = stage.cloud.journal.entries({ since }).find((entry) => entry.host === host);
      if (first === undefined) throw new Error(`Nothing was asked of ${host}.`);
      const emptyMs = (before + (await emptyRun())) / 2;
      return (first.at - Date.parse(startedAt)) / emptyMs;
    });
  const figure = (name: string, values: readonly number[]): Figure => {
    return { name: `${name}: start to first request`, unit: '×', values, atMost: bar, how };
  };
  return [
    figure('fly-deploy', await ratios(() => rehearse(stage), 'api.fly.io')),
    figure('railway-up', await ratios(() => rehearseUpload(stage), 'backboard.railway.com')),
    figure('smoke-test', await ratios(() => smoke(stage), demo.fly.host)),
  ];
}

async function rehearse(stage: Stage) {
  const inputs = { 'dry-run': 'true' };
  const { main } = await deploy(stage, { image: images.v1, inputs, ends: 'rehearsed/dry-run' });
  return main;
}

async function rehearseUpload(stage: Stage) {
  const { token, service } = demo.railway;
  const result = await stage.run('railway-up', {
    'railway-token': token,
    'railway-service': service,
    'dry-run': 'true',
  });
  expectEnd(result, 'rehearsed/dry-run');
  return result.main;
}

async function smoke(stage: Stage) {
  const checks = `- { name: home, http: GET https://${demo.fly.host}/, expect: { status: 200 } }`;
  const result = await stage.run('smoke-test', { checks });
  expectEnd(result, 'pass/verified');
  return result.main;
}
