import { failureSummary } from '../report/failure-summary.ts';
import type { ActionResult } from './action.ts';

/**
 * What the job's page says of a result. What ended before there was a report would otherwise be an annotation there
 * without a word beside it.
 */
export function summaryOf({ summary, outcome, failure, headline }: ActionResult): string | undefined {
  if (summary !== undefined) return summary;
  if (failure === undefined) return undefined;
  const title =
    outcome === 'cancelled' ? '⏹️ Cancelled' : failure.code === 'bug' ? '❌ Belay failed' : '❌ Stopped';
  return failureSummary(failure, title, headline);
}
