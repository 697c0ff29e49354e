import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { actionFolder } from './action-folder.ts';
import { actionInputs } from './action-inputs.ts';
import type { ActionStep, ScriptStep } from './job-spec.ts';
import { readManifest } from './manifest.ts';
import { postStage } from './stage.ts';
import { filledSetting, type StageRun } from './stage-run.ts';

/** What to start for a stage. */
export interface StageCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
}

export async function stageCommand(run: StageRun): Promise<StageCommand> {
  const { step } = run.stage;
  return 'uses' in step ? actionCommand(run, step) : scriptCommand(run, step);
}

async function actionCommand(run: StageRun, step: ActionStep): Promise<StageCommand> {
  const { job, stage, record, env } = run;
  const manifest = await readManifest(actionFolder(job.spec, step.uses));
  if (stage.kind === 'main') {
    // before main starts, so that the post runs even when main fails or is cancelled
    if (manifest.post !== undefined) job.posts.push(postStage(stage, manifest.postIf));
    if (manifest.pre !== undefined) {
      record.log.warning(`\`pre\` execution is not supported for local action from '${step.uses}'`);
    }
  }
  const { variables, warnings } = actionInputs(manifest, step.with ?? {}, {
    given: job.scope('step', env),
    defaults: job.scope('inputDefault', env),
  });
  for (const warning of warnings) record.log.warning(warning);
  const script = stage.kind === 'post' ? (manifest.post ?? '') : manifest.main;
  if (!existsSync(script)) throw new Error(`File not found: '${script}'`);
  return { command: job.spec.node ?? process.execPath, args: [script], inputs: variables };
}

const shells = {
  unnamed: ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
  sh: ['sh', '-e'],
} as const;

async function scriptCommand(run: StageRun, step: ScriptStep): Promise<StageCommand> {
  const script = path.join(run.job.folders.temp, `${randomUUID()}.sh`);
  await writeFile(script, filledSetting(run, step.run));
  const [command, ...args] = shells[step.shell ?? 'unnamed'];
  return { command, args: [...args, script], inputs: {} };
}
