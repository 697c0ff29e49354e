import type { RunnerContext } from '../runner/runner.ts';
import { isCommit } from '../text/commit.ts';

/** What happened to a pull request, by the event that started the run. */
export interface PullRequestEvent {
  readonly number: number;
  /** Whether it was closed, merged or not. */
  readonly closed: boolean;
  /** The newest commit of its branch when the event happened; a run's own commit is a merge made for testing. */
  readonly head: string | undefined;
}

/** The pull request this run is about; undefined where another event started it. */
export function pullRequestEvent({ event, eventName }: RunnerContext): PullRequestEvent | undefined {
  if (eventName !== 'pull_request' && eventName !== 'pull_request_target') return undefined;
  const { number, head } = Object(event.pull_request);
  if (!Number.isSafeInteger(number)) return undefined;
  const { sha } = Object(head);
  return { number, closed: event.action === 'closed', head: isCommit(sha) ? sha : undefined };
}
