import type { FailureText } from '../failure.ts';
import { failureLine } from '../failure.ts';
import type { Runner } from '../runner/runner.ts';
import type { ActionResult, Annotation, PostReport } from './action.ts';

/** Writes a result down: outputs first, since callers branch on them whatever happens to the rest. */
export async function publish(runner: Runner, result: ActionResult, durationMs: number): Promise<void> {
  const outputs = {
    ...result.outputs,
    outcome: result.outcome,
    reason: result.reason,
    serving: result.serving ?? 'unknown',
    'duration-ms': String(Math.round(durationMs)),
  };
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  if (result.summary !== undefined) await writeSummary(runner, result.summary);
  for (const annotation of result.annotations ?? []) annotate(runner, annotation);
  if (result.failure !== undefined) await printFailure(runner, result.failure);
  else if (result.ok) runner.info(result.headline);
  else runner.error(result.headline);
}

/** Writes down what `post` has to tell, the line of the log last. */
export async function publishPost(runner: Runner, { level, message, summary }: PostReport): Promise<void> {
  await writeSummary(runner, summary);
  runner[level](message);
}

async function writeSummary(runner: Runner, markdown: string): Promise<void> {
  try {
    await runner.summary(markdown);
  } catch (error) {
    runner.warning(`The job summary could not be written: ${error instanceof Error ? error.message : error}`);
  }
}

function annotate(runner: Runner, { level, message, place }: Annotation): void {
  runner[level](message, place);
}

async function printFailure(runner: Runner, failure: FailureText): Promise<void> {
  runner.error(failureLine(failure));
  if (failure.docs !== undefined) runner.info(`See ${failure.docs}`);
  const details = failure.details ?? [];
  if (details.length === 0) return;
  await runner.group(`Details of ${failure.code}`, async () => {
    for (const detail of details) runner.info(detail);
  });
}
