import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { actionInputs } from './action-inputs.ts';
import { fillTemplate } from './expressions.ts';
import type { Job } from './job.ts';
import type { ActionStep, ScriptStep } from './job-spec.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { postStage, type Stage } from './stage.ts';
import type { StageRecord } from './stage-record.ts';

/** What to start for a stage. */
export interface StageCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
}

type Environment = ReadonlyMap<string, string>;

export async function stageCommand(
  job: Job,
  stage: Stage,
  record: StageRecord,
  env: Environment,
): Promise<StageCommand> {
  return 'uses' in stage.step
    ? actionCommand(job, { ...stage, step: stage.step }, record, env)
    : scriptCommand(job, stage.step, env);
}

async function actionCommand(
  job: Job,
  stage: Stage & { step: ActionStep },
  record: StageRecord,
  env: Environment,
): Promise<StageCommand> {
  const manifest = await readManifest(path.resolve(job.spec.repositoryRoot, stage.step.uses));
  if (stage.kind === 'main') registerPost(job, stage, manifest);
  if (stage.kind === 'main' && manifest.pre !== undefined) {
    record.log.warning(`\`pre\` execution is not supported for local action from '${stage.step.uses}'`);
  }
  const { variables, warnings } = actionInputs(manifest, stage.step.with ?? {}, {
    given: job.scope('step', env),
    defaults: job.scope('inputDefault', env),
  });
  for (const warning of warnings) record.log.warning(warning);
  const script = stage.kind === 'post' ? (manifest.post ?? '') : manifest.main;
  if (!existsSync(script)) throw new Error(`File not found: '${script}'`);
  return { command: job.spec.node ?? process.execPath, args: [script], inputs: variables };
}

/** Before main starts, so that it runs even when main fails or is cancelled. */
function registerPost(job: Job, stage: Stage, manifest: Manifest): void {
  if (manifest.post !== undefined) job.posts.push(postStage(stage, manifest.postIf));
}

const shells = {
  unnamed: ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
  sh: ['sh', '-e'],
} as const;

async function scriptCommand(job: Job, step: ScriptStep, env: Environment): Promise<StageCommand> {
  const script = path.join(job.folders.temp, `${randomUUID()}.sh`);
  await writeFile(script, fillTemplate(step.run, job.scope('step', env)));
  const [command, ...args] = shells[step.shell ?? 'unnamed'];
  return { command, args: [...args, script], inputs: {} };
}
