import { applyCommandFiles } from './apply-command-files.ts';
import { CommandFiles } from './command-files.ts';
import { CommandInterpreter } from './command-interpreter.ts';
import { type EntryProcess, runEntry } from './entry-process.ts';
import type { Job } from './job.ts';
import type { Stage } from './stage.ts';
import { stageCommand } from './stage-command.ts';
import { stageEnvironment } from './stage-environment.ts';
import { type Ending, StageRecord } from './stage-record.ts';
import { displayName, filledSetting, type StageRun } from './stage-run.ts';
import { type StageStop, stageStop } from './stage-stop.ts';

const defaultLadder = { afterInterruptMs: 7_500, afterTerminateMs: 2_500 };

/** Runs one stage, from its condition to its result, and tells the job what came of it. Never rejects: what goes wrong fails the step. */
export async function runStage(job: Job, stage: Stage, cutOff: AbortSignal): Promise<void> {
  const record = new StageRecord(job, stage);
  let run: StageRun = { job, stage, record, env: job.env };
  let ending: Ending;
  try {
    run = { ...run, env: new Map([...job.env, ...job.filled(stage.step.env ?? {}, job.scope('step'))]) };
    ending = job.holds(stage, run.env) ? await perform(run, cutOff) : { outcome: 'skipped', exitCode: null };
  } catch (error) {
    record.log.caught(error);
    ending = { outcome: 'failure', exitCode: null };
  }
  const forgiven = ending.outcome === 'failure' && continuesOnError(run);
  job.add(record.result(ending, { name: displayName(run), forgiven }));
}

async function perform(run: StageRun, cutOff: AbortSignal): Promise<Ending> {
  const { command, args, inputs } = await stageCommand(run);
  const files = await CommandFiles.create(run.job.folders.temp);
  const stop = stageStop(run);
  try {
    const env = stageEnvironment(run, { inputs, files: files.variables });
    const exitCode = await runProcess(run, { command, args, env, stop: stop.signal, cutOff });
    if (!cutOff.aborted) await applyCommandFiles(run, files);
    return { outcome: outcomeOf(run, exitCode, cutOff.aborted ? 'cancelled' : stop.why), exitCode };
  } finally {
    stop.release();
    await files.remove();
  }
}

async function runProcess(
  { job, record }: StageRun,
  start: Pick<EntryProcess, 'command' | 'args' | 'env' | 'stop' | 'cutOff'>,
): Promise<number> {
  const interpreter = new CommandInterpreter({
    log: record.log,
    masker: job.masker,
    workspace: job.folders.workspace,
    setOutput: record.setOutput,
    saveState: record.saveState,
  });
  const exitCode = await runEntry({
    ...start,
    cwd: job.folders.workspace,
    onLine: (line, stream) => interpreter.accept(line, stream),
    ladder: job.spec.ladder ?? defaultLadder,
    heldOutputMs: job.spec.heldOutputMs ?? 5_000,
  });
  if (interpreter.failed) record.fail();
  return exitCode;
}

/** A stopped step is cancelled or out of time whatever exit code its process chose. */
function outcomeOf(run: StageRun, exitCode: number, stopped: StageStop['why']): Ending['outcome'] {
  const { record, stage } = run;
  if (stopped === 'timed-out') {
    const minutes = stage.step['timeout-minutes'] ?? 0;
    record.log.error(
      `The action '${displayName(run)}' has timed out after ${filledSetting(run, minutes)} minutes.`,
    );
    return 'failure';
  }
  if (stopped === 'cancelled') {
    record.log.error('The operation was canceled.');
    return 'cancelled';
  }
  if (exitCode !== 0 && 'run' in stage.step) {
    record.log.error(`Process completed with exit code ${exitCode}.`);
  }
  return exitCode !== 0 || record.failed ? 'failure' : 'success';
}

/** Asked after the step has failed, so it may look at what the step did. */
function continuesOnError(run: StageRun): boolean {
  try {
    return filledSetting(run, run.stage.step['continue-on-error'] ?? false) === 'true';
  } catch (error) {
    run.record.log.caught(error);
    return false;
  }
}
