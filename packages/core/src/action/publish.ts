import type { FailureText } from '../failure.ts';
import { errorLine, failureLine } from '../failure.ts';
import type { Runner } from '../runner/runner.ts';
import type { ActionResult, Annotation, PostReport } from './action.ts';

/**
 * Writes a result down: outputs first, since callers branch on them whatever happens to the rest. The last line says what
 * serves, whatever could not be written. `isWritten`: whether the outputs could.
 */
export async function publish(
  runner: Runner,
  result: ActionResult,
  durationMs: number,
): Promise<{ readonly isWritten: boolean }> {
  const outputs = {
    ...result.outputs,
    outcome: result.outcome,
    reason: result.reason,
    serving: result.serving ?? 'unknown',
    'duration-ms': String(Math.round(durationMs)),
  };
  const lost = writeOutputs(runner, outputs);
  if (result.summary !== undefined) await writeSummary(runner, result.summary);
  for (const annotation of result.annotations ?? []) annotate(runner, annotation);
  if (lost !== undefined) runner.error(`The outputs of this step are lost. ${errorLine(lost)}`);
  if (result.failure !== undefined) await printFailure(runner, result.failure, result.headline);
  else if (result.ok) runner.info(result.headline);
  else runner.error(result.headline);
  return { isWritten: lost === undefined };
}

/** One that cannot be written keeps no other back; the first failure is answered. */
function writeOutputs(runner: Runner, outputs: Readonly<Record<string, string>>): unknown {
  let lost: unknown;
  for (const [name, value] of Object.entries(outputs)) {
    try {
      runner.output(name, value);
    } catch (error) {
      lost ??= error;
    }
  }
  return lost;
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
    runner.warning(`The job summary could not be written. ${errorLine(error)}`);
  }
}

function annotate(runner: Runner, { level, message, place }: Annotation): void {
  runner[level](message, place);
}

async function printFailure(runner: Runner, failure: FailureText, headline: string): Promise<void> {
  runner.error(failureLine(failure));
  if (failure.docs !== undefined) runner.info(`See ${failure.docs}`);
  const details = failure.details ?? [];
  if (details.length > 0) {
    await runner.group(`Details of ${failure.code}`, async () => {
      for (const detail of details) runner.info(detail);
    });
  }
  if (details.length > 0 || headline !== failure.what) runner.info(headline);
}
