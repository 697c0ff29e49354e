import { field, text } from '../github/event-fields.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { aboutNoPullRequest, type CodeTrust, trustOfPulls, trustOfRunBefore } from './event-trust.ts';
import { type UntrustedRun, unknownRun, untrusted } from './untrusted-run.ts';

/**
 * Whose code this run executes, as far as its event tells. What it does not tell is not taken for ours: a run is trusted
 * because something says so. `github.actor` stays Dependabot where a person runs its run again, and is that person where
 * they open its pull request again: https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context
 */
export function trustOf(context: RunnerContext): CodeTrust {
  const { event, eventName } = context;
  if (isOfMergeQueue(context)) return refused(untrusted('merge-queue'));
  if (isOfDependabot(context)) return refused(untrusted('dependabot'));
  if (eventName === undefined || Object.keys(event).length === 0) {
    const which = eventName === undefined ? '' : ` (${eventName})`;
    return refused(
      unknownRun(
        `The event of this run${which} tells nothing: its payload is empty or cannot be read.`,
        'Run it as a step of a workflow, with the event file that GitHub writes.',
      ),
    );
  }
  if (eventName === 'workflow_run') return trustOfRunBefore(context);
  return trustOfPulls(context) ?? aboutNoPullRequest(eventName);
}

function refused(run: UntrustedRun): CodeTrust {
  return { kind: 'untrusted', run };
}

/** Its branches are made by GitHub alone; a push to one starts workflows as any other does. */
function isOfMergeQueue({ event, eventName, ref = '' }: RunnerContext): boolean {
  const branches = [
    ref.replace(/^refs\/heads\//, ''),
    text(event, 'workflow_run', 'head_branch'),
    text(event, 'check_suite', 'head_branch'),
    text(event, 'check_run', 'check_suite', 'head_branch'),
  ];
  return (
    eventName === 'merge_group' ||
    text(event, 'workflow_run', 'event') === 'merge_group' ||
    branches.some((branch) => branch?.startsWith('gh-readonly-queue/'))
  );
}

const dependabot = 'dependabot[bot]';

/** Who acted, and who wrote the pull request: a person may act on Dependabot's. */
function isOfDependabot({ actor, triggeringActor, event }: RunnerContext): boolean {
  const people = [
    actor,
    triggeringActor,
    text(event, 'sender', 'login'),
    text(event, 'workflow_run', 'actor', 'login'),
    text(event, 'workflow_run', 'triggering_actor', 'login'),
    text(event, 'pull_request', 'user', 'login'),
    field(event, 'issue', 'pull_request') === undefined ? undefined : text(event, 'issue', 'user', 'login'),
  ];
  // Of the pull request behind an earlier run nothing but the branch is told.
  const isBranch = text(event, 'workflow_run', 'head_branch')?.startsWith('dependabot/') === true;
  return isBranch || people.includes(dependabot);
}
