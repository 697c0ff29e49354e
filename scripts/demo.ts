/** `npm start`: the whole story on the local cloud, in under a minute. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { demo, fly } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { checks, onFly, putVersions, type Scene, scenes, writeVersions } from './demo/scenes.ts';
import { root } from './root.ts';
import { openStage, type Stage } from './stage.ts';

async function play(
  stage: Stage,
  scene: Scene,
): Promise<{ readonly result: ActionResult; readonly told: boolean }> {
  const result = await stage.run(
    scene.action,
    {
      ...scene.on.inputs,
      checks,
      timeout: '60s',
      ...(scene.action === 'rollback' ? {} : { 'restore-timeout': '60s' }),
      ...scene.inputs,
    },
    { sha: scene.sha },
  );
  const { outcome = '', reason = '', serving = '' } = result.main.outputs;
  const { host } = scene.on;
  const numbered = scene.on === onFly ? { release: newestRelease(stage) } : {};
  const seen = { outcome, reason, version: await versionServed(stage, host), ...numbered };
  const told = isDeepStrictEqual(seen, scene.expected);
  say(`${told ? '✓' : '✗'} ${scene.title}`);
  say(`    ${outcome}/${reason}, serving ${serving}: https://${host} answers ${served(seen)}`);
  for (const step of timelineOf(result)) {
    say(
      `    ${`${step.durationMs} ms`.padStart(9)}  ${step.name}${step.note === '' ? '' : ` (${step.note})`}`,
    );
  }
  say(`    ${`${result.main.durationMs} ms`.padStart(9)}  in all${slaNote(result)}`);
  if (!told) say(result.job.log.map(({ line }) => `      | ${line}`).join('\n'));
  return { result, told };
}

async function versionServed(stage: Stage, host: string): Promise<string> {
  const { body } = await stage.cloud.serves(host, '/version.json');
  return (JSON.parse(String(body)) as { version: string }).version;
}

/** As `flyctl releases` numbers it. */
function newestRelease(stage: Stage): string {
  const { version } = stage.cloud.service(fly).world.apps.get(demo.fly.app)?.releases.at(-1) ?? {};
  return `v${version}`;
}

/** A way back is a release of its own: `v2, which is release v4`. */
function served({ version, release }: { readonly version: string; readonly release?: string }): string {
  return release === undefined || version === release ? version : `${version} again, as release ${release}`;
}

function timelineOf(result: ActionResult): readonly { name: string; durationMs: number; note: string }[] {
  const text = result.main.outputs.timeline;
  return text === undefined || text === '' ? [] : JSON.parse(text);
}

function slaNote({ main }: ActionResult): string {
  const met = main.outputs['sla-met'];
  return met === undefined || met === '' ? '' : `; SLA of 5m ${met === 'true' ? 'met' : 'missed'}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A stage, or what keeps it from opening in a sentence. */
async function open(): Promise<Stage | undefined> {
  try {
    return await openStage();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

async function tell(stage: Stage): Promise<void> {
  const started = performance.now();
  say(`flyctl: ${stage.flyctl.kind} (${stage.flyctl.says})`);
  say(`https://${demo.fly.host} answers v1. Versions are named as Fly numbers its releases.\n`);
  putVersions(stage.cloud.images);
  writeVersions(stage.workspace);
  const played = [];
  for (const scene of scenes) played.push(await play(stage, scene));
  const file = join(root, '.belay', 'summary.md');
  mkdirSync(join(root, '.belay'), { recursive: true });
  writeFileSync(file, played.map(({ result }) => result.job.summary).join('\n'));
  const good = played.filter(({ told }) => told).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`\n${good} of ${scenes.length} scenes ended as told, in ${seconds} s.`);
  say(`The job summaries: ${relative(process.cwd(), file)}`);
  process.exitCode = good === scenes.length ? 0 : 1;
}

const stage = await open();
try {
  if (stage !== undefined) await tell(stage);
} finally {
  await stage?.close();
}
