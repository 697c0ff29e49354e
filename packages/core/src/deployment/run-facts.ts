import type { RunFacts } from '../report/run-facts.ts';
import { type RunnerContext, runUrl } from '../runner/runner.ts';

/** The facts of the run that a report tells. */
export function runFactsOf(context: RunnerContext, environment?: string): RunFacts {
  const { repository, serverUrl, workflow, runId, runAttempt, eventName } = context;
  const url = runUrl(context);
  const who = context.triggeringActor ?? context.actor;
  const startedBy = [who, eventName && `by ${eventName}`].filter((part) => part !== undefined).join(', ');
  const label = [workflow, `run ${runId}`, ...(runAttempt > 1 ? [`attempt ${runAttempt}`] : [])]
    .filter((part) => part !== undefined)
    .join(' · ');
  return {
    ...(environment === undefined || environment === '' ? {} : { environment }),
    ...(url === undefined ? {} : { run: { label, url } }),
    ...(url === undefined || repository === undefined || serverUrl !== 'https://github.com'
      ? {}
      : { rerun: `gh run rerun ${runId} --failed --repo ${repository.owner}/${repository.name}` }),
    ...(startedBy === '' ? {} : { startedBy }),
    ...(repository === undefined
      ? {}
      : { repositoryUrl: `${serverUrl}/${repository.owner}/${repository.name}` }),
  };
}
