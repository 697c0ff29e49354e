import type { CommandFiles } from './command-files.ts';
import type { Job } from './job.ts';
import type { StageRecord } from './stage-record.ts';
import type { StageRun } from './stage-run.ts';

const summaryLimit = 1024 * 1024;

/** Reads what a stage left in its command files and applies it. A mistake in one file fails the step and spares the others. */
export async function applyCommandFiles({ job, record }: StageRun, files: CommandFiles): Promise<void> {
  await applyEntries('env', record, files, (name, value) => setVariable(job, record, name, value));
  for (const directory of await files.paths()) job.prependPath(directory);
  await applyEntries('output', record, files, record.setOutput);
  await applyEntries('state', record, files, record.saveState);
  applySummary(job, record, await files.summary());
}

async function applyEntries(
  file: 'env' | 'output' | 'state',
  record: StageRecord,
  files: CommandFiles,
  apply: (name: string, value: string) => void,
): Promise<void> {
  const { entries, mistake } = await files.entries(file);
  for (const [name, value] of entries) apply(name, value);
  if (mistake === undefined) return;
  record.log.error(`Unable to process file command '${file}' successfully.`);
  record.log.error(mistake);
  record.fail();
}

/** With NODE_OPTIONS a step could run code inside every later action. */
function setVariable(job: Job, record: StageRecord, name: string, value: string): void {
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    record.log.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
  } else {
    job.env.set(name, value);
  }
}

function applySummary(job: Job, record: StageRecord, content: Buffer): void {
  if (content.length > summaryLimit) {
    const sizes = `supports content up to a size of 1024k, got ${Math.floor(content.length / 1024)}k`;
    record.log.error(`$GITHUB_STEP_SUMMARY upload aborted, ${sizes}.`);
    return;
  }
  record.summary = content
    .toString('utf8')
    .split('\n')
    .map((line) => job.masker.mask(line))
    .join('\n');
}
