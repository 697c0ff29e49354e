import { AttemptWatch } from '../exchange/attempt-watch.ts';
import { exchangeErrorOf } from '../exchange/exchange-error.ts';
import { ResourceLimit } from '../judge/resource-limit.ts';
import type { AttemptContext, Unanswered } from './check-type.ts';

/**
 * One attempt of any type: timed, cut off at its limits, whatever it throws sorted into a retry class. `said` begins
 * the line of the report, as `GET https://…`. Rejects only when the run is aborted, or with ResourceLimit. Ends within
 * 250 ms of a cut, also when `work` waits for an event that never comes; what it opened does not outlive a failure.
 */
export async function observed<A>(
  said: string,
  context: AttemptContext,
  work: (watch: AttemptWatch) => Promise<A>,
): Promise<A | Unanswered> {
  const watch = new AttemptWatch(context);
  try {
    return await Promise.race([work(watch), watch.overdue]);
  } catch (error) {
    watch.destroy(watch.cutBy ?? new Error('the attempt is over'));
    context.signal.throwIfAborted();
    if (error instanceof ResourceLimit) throw error;
    const { failureClass, message } = exchangeErrorOf(watch.cutBy ?? error, watch.stage);
    const summary = `${said} → ${message}`;
    return { kind: 'unanswered', failureClass, summary, phases: watch.phases };
  } finally {
    watch.close();
  }
}
