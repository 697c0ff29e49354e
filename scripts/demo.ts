/** `npm start`: the whole story on the local cloud, in under a minute. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commits, demo, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { root } from './root.ts';
import { openStage, type Stage } from './stage.ts';

const checks = `
- name: home
  http: GET /
  expect: { status: 200, body: { contains: Shop } }
- name: health
  http: GET /healthz
  expect: { status: 200, duration: { lt: 2s } }
`;

interface Scene {
  readonly title: string;
  readonly action: 'fly-deploy' | 'rollback';
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What the story claims: outcome, reason, and the version users see afterwards. */
  readonly expected: { readonly outcome: string; readonly reason: string; readonly version: string };
}

const scenes: readonly Scene[] = [
  {
    title: 'Ship version 1',
    action: 'fly-deploy',
    sha: commits.v1,
    inputs: { image: images.v1 },
    expected: { outcome: 'live', reason: 'verified', version: 'v1' },
  },
  {
    title: 'Ship version 2, whose home page is broken',
    action: 'fly-deploy',
    sha: commits.v2,
    inputs: { image: images.v2Error },
    expected: { outcome: 'restored', reason: 'checks-failed', version: 'v1' },
  },
  {
    title: 'Ship version 3',
    action: 'fly-deploy',
    sha: commits.v3,
    inputs: { image: images.v3 },
    expected: { outcome: 'live', reason: 'verified', version: 'v3' },
  },
  {
    title: 'Roll back from version 3 to version 1, by hand',
    action: 'rollback',
    sha: commits.v3,
    inputs: { to: 'last-verified', reason: 'prices are wrong' },
    expected: { outcome: 'restored', reason: 'verified', version: 'v1' },
  },
  {
    title: 'Run an old workflow again, from before version 1',
    action: 'fly-deploy',
    sha: commits.beforeV1,
    inputs: { image: images.v3 },
    expected: { outcome: 'blocked', reason: 'older-than-live', version: 'v1' },
  },
];

async function play(
  stage: Stage,
  scene: Scene,
): Promise<{ readonly result: ActionResult; readonly told: boolean }> {
  const result = await stage.run(
    scene.action,
    {
      'fly-app': demo.fly.app,
      'fly-token': demo.fly.token,
      checks,
      'wait-timeout': '10s',
      timeout: '60s',
      ...(scene.action === 'fly-deploy' ? { 'restore-timeout': '60s' } : {}),
      ...scene.inputs,
    },
    { sha: scene.sha },
  );
  const { outcome = '', reason = '', serving = '' } = result.main.outputs;
  const version = await versionServed(stage);
  const { expected } = scene;
  const told = outcome === expected.outcome && reason === expected.reason && version === expected.version;
  say(`${told ? '✓' : '✗'} ${scene.title}`);
  say(`    ${outcome}/${reason}, serving ${serving}: https://${demo.fly.host} answers ${version}`);
  for (const step of timelineOf(result)) {
    say(
      `    ${`${step.durationMs} ms`.padStart(9)}  ${step.name}${step.note === '' ? '' : ` (${step.note})`}`,
    );
  }
  say(`    ${`${result.main.durationMs} ms`.padStart(9)}  in all${slaNote(result)}`);
  if (!told) say(result.job.log.map(({ line }) => `      | ${line}`).join('\n'));
  return { result, told };
}

async function versionServed(stage: Stage): Promise<string> {
  const { body } = await stage.cloud.serves(demo.fly.host, '/version.json');
  return (JSON.parse(String(body)) as { version: string }).version;
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

const started = performance.now();
const stage = await openStage();
say(`flyctl: ${stage.flyctl.kind} (${stage.flyctl.says})\n`);
try {
  const played = [];
  for (const scene of scenes) played.push(await play(stage, scene));
  const file = join(root, '.belay', 'summary.md');
  mkdirSync(join(root, '.belay'), { recursive: true });
  writeFileSync(file, played.map(({ result }) => result.job.summary).join('\n'));
  const good = played.filter(({ told }) => told).length;
  say(
    `\n${good} of ${scenes.length} scenes ended as told, in ${((performance.now() - started) / 1000).toFixed(1)} s.`,
  );
  say(`The job summaries: ${relative(process.cwd(), file)}`);
  process.exitCode = good === scenes.length ? 0 : 1;
} finally {
  await stage.close();
}
