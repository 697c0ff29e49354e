import type { FailureText } from '../outcome/failure.ts';
import { errorLine, failureLine } from '../outcome/failure.ts';
import type { ActionKind } from '../outcome/outcome-group.ts';
import type { Annotation } from '../report/annotation.ts';
import type { PostReport } from '../report/post-report.ts';
import type { Runner } from '../runner/runner.ts';
import type { ActionResult } from './action.ts';
import { needsPerson } from './needs-person.ts';
import { summaryOf } from './summary-of.ts';

/**
 * Writes a result down: outputs first, since callers branch on them whatever happens to the rest. The last line says what
 * serves, whatever could not be written. `isWritten`: whether the outputs could.
 */
export async function publish(
  runner: Runner,
  result: ActionResult,
  { kind, durationMs }: { readonly kind: ActionKind; readonly durationMs: number },
): Promise<{ readonly isWritten: boolean }> {
  const outputs = {
    ...result.outputs,
    outcome: result.outcome,
    reason: result.reason,
    serving: result.serving ?? 'unknown',
    'needs-a-person': String(needsPerson(kind, result)),
    'duration-ms': String(Math.round(durationMs)),
  };
  const lost = writeOutputs(runner, outputs);
  const summary = summaryOf(result);
  if (summary !== undefined) await writeSummary(runner, summary);
  const annotations = result.annotations ?? [];
  for (const annotation of annotations) annotate(runner, annotation);
  if (lost !== undefined) runner.error(`The outputs of this step are lost. ${errorLine(lost)}`);
  // One annotation for each failure: where those of its checks stand at their places, the step’s own line says it again.
  const isTold = annotations.some(({ level }) => level === 'error');
  if (result.failure !== undefined) await printFailure(runner, result.failure, { ...result, isTold });
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

async function printFailure(
  runner: Runner,
  failure: FailureText,
  { headline, isTold }: Pick<ActionResult, 'headline'> & { readonly isTold: boolean },
): Promise<void> {
  if (isTold) runner.info(failureLine(failure));
  else runner.error(failureLine(failure));
  if (failure.docs !== undefined) runner.info(`See ${failure.docs}`);
  const details = failure.details ?? [];
  if (details.length > 0) {
    await runner.group(`Details of ${failure.code}`, async () => {
      for (const detail of details) runner.info(detail);
    });
  }
  if (details.length > 0 || headline !== failure.what) runner.info(headline);
}
