import { applyCommandFiles } from './apply-command-files.ts';
import { CommandFiles } from './command-files.ts';
import { CommandInterpreter } from './command-interpreter.ts';
import { runEntry } from './entry-process.ts';
import { fillTemplate } from './expressions.ts';
import type { Job } from './job.ts';
import type { Stage } from './stage.ts';
import { type StageCommand, stageCommand } from './stage-command.ts';
import { stageEnvironment } from './stage-environment.ts';
import { type Ending, StageRecord } from './stage-record.ts';
import { type StageStop, stageStop } from './stage-stop.ts';

type Environment = ReadonlyMap<string, string>;

const defaultLadder = { afterInterruptMs: 7_500, afterTerminateMs: 2_500 };

/** Runs one stage, from its condition to its result, and tells the job what came of it. Never rejects: what goes wrong fails the step. */
export async function runStage(job: Job, stage: Stage, cutOff: AbortSignal): Promise<void> {
  const record = new StageRecord(job, stage);
  let env: Environment = job.env;
  let ending: Ending;
  try {
    env = new Map([...job.env, ...job.filled(stage.step.env ?? {}, job.scope('step'))]);
    ending = job.holds(stage, env)
      ? await perform(job, stage, { record, env, cutOff })
      : { outcome: 'skipped', exitCode: null };
  } catch (error) {
    record.log.error(messageOf(error));
    ending = { outcome: 'failure', exitCode: null };
  }
  const forgives = continuesOnError(job, stage, { record, env });
  job.add(record.result(ending, forgives, displayName(job, stage, env)));
}

interface Surroundings {
  readonly record: StageRecord;
  readonly env: Environment;
  readonly cutOff: AbortSignal;
}

async function perform(job: Job, stage: Stage, around: Surroundings): Promise<Ending> {
  const { record, env, cutOff } = around;
  const command = await stageCommand(job, stage, record, env);
  const files = await CommandFiles.create(job.folders.temp);
  const stop = stageStop(job, stage, env);
  try {
    const exitCode = await runProcess(job, stage, { ...around, command, files, stop });
    if (!cutOff.aborted) await applyCommandFiles(job, record, files);
    return ended(exitCode, { ...around, stop, stage, name: displayName(job, stage, env) });
  } finally {
    stop.release();
    await files.remove();
  }
}

interface Started extends Surroundings {
  readonly command: StageCommand;
  readonly files: CommandFiles;
  readonly stop: StageStop;
}

async function runProcess(job: Job, stage: Stage, started: Started): Promise<number> {
  const { record, env, command, files } = started;
  const interpreter = new CommandInterpreter({
    log: record.log,
    masker: job.masker,
    workspace: job.folders.workspace,
    setOutput: record.setOutput,
    saveState: record.saveState,
  });
  const exitCode = await runEntry({
    ...command,
    cwd: job.folders.workspace,
    env: stageEnvironment(job, stage, { env, inputs: command.inputs, files: files.variables }),
    onLine: (line, stream) => interpreter.accept(line, stream),
    stop: started.stop.signal,
    cutOff: started.cutOff,
    ladder: job.spec.ladder ?? defaultLadder,
    heldOutputMs: job.spec.heldOutputMs ?? 5_000,
  });
  if (interpreter.failed) record.fail();
  return exitCode;
}

/** A stopped step is cancelled or timed out whatever exit code its process chose. */
function ended(
  exitCode: number,
  {
    record,
    stop,
    cutOff,
    stage,
    name,
  }: Pick<Started, 'record' | 'stop' | 'cutOff'> & { stage: Stage; name: string },
): Ending {
  if (stop.why === 'timed-out') {
    record.log.error(`The action '${name}' has timed out after ${stop.timeoutMinutes} minutes.`);
    return { outcome: 'failure', exitCode };
  }
  if (stop.why === 'cancelled' || cutOff.aborted) {
    record.log.error('The operation was canceled.');
    return { outcome: 'cancelled', exitCode };
  }
  if (exitCode !== 0 && 'run' in stage.step)
    record.log.error(`Process completed with exit code ${exitCode}.`);
  return { outcome: exitCode !== 0 || record.failed ? 'failure' : 'success', exitCode };
}

/** Evaluated after the step, so it may look at what the step did. */
function continuesOnError(job: Job, stage: Stage, { record, env }: Omit<Surroundings, 'cutOff'>): boolean {
  const setting = String(stage.step['continue-on-error'] ?? false);
  try {
    return fillTemplate(setting, job.scope('step', env)) === 'true';
  } catch (error) {
    record.log.error(messageOf(error));
    return false;
  }
}

/** A name whose expression cannot be read shows as it was written. */
function displayName(job: Job, stage: Stage, env: Environment): string {
  try {
    return job.masker.mask(fillTemplate(stage.name, job.scope('step', env)));
  } catch {
    return job.masker.mask(stage.name);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
