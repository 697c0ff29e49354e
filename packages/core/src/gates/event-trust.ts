import { field, text } from '../github/event-fields.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { type UntrustedRun, unknownRun, untrusted } from './untrusted-run.ts';

/** What the event says of whose code a run executes; `ask` where only GitHub can tell. */
export type CodeTrust =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'untrusted'; readonly run: UntrustedRun }
  /** The number of the pull request it is about. */
  | { readonly kind: 'ask'; readonly pull: number };

const trusted: CodeTrust = { kind: 'trusted' };

/**
 * `workflow_run` has this repository's secrets and is as trusted as the run it follows, whose own event may say no more
 * than ours: https://docs.github.com/actions/reference/events-that-trigger-workflows#workflow_run
 */
export function trustOfRunBefore({ event, repository }: RunnerContext): CodeTrust {
  const before = field(event, 'workflow_run');
  const started = text(before, 'event');
  if (typeof before !== 'object' || before === null) {
    return unknown('The event of this run (workflow_run) does not name the run it follows.');
  }
  if (started !== undefined && tellsNothing.includes(started)) {
    return unknown(
      `This run follows one that was started by ${started}, and GitHub does not say whose code that was about.`,
      'Let the deploy follow the workflow that tests the branch, or make it a job of that workflow.',
    );
  }
  return trustOfRepository(field(before, 'head_repository'), base(event, repository));
}

/** Runs of these stand on the default branch, whoever's pull request they are about. */
const tellsNothing: readonly string[] = [
  'workflow_run',
  'issue_comment',
  'check_run',
  'check_suite',
  'status',
];

/** Of an event that is about pull requests; undefined where it is about none. */
export function trustOfPulls({ event, eventName, ref, repository }: RunnerContext): CodeTrust | undefined {
  const own = base(event, repository);
  const pull = field(event, 'pull_request');
  if (typeof pull === 'object' && pull !== null) {
    return trustOfRepository(field(pull, 'head', 'repo'), own);
  }
  if (eventName?.startsWith('pull_request') === true) {
    return unknown(`The event of this run (${eventName}) does not say which pull request it is about.`);
  }
  if (eventName === 'issue_comment' || field(event, 'issue', 'pull_request') !== undefined) {
    return standingOfComment(event);
  }
  if (eventName === 'check_run') return standingOfSuite(field(event, 'check_run', 'check_suite'), event, own);
  if (eventName === 'check_suite') return standingOfSuite(field(event, 'check_suite'), event, own);
  // A deployment may be of any ref, that of a pull request too.
  const number = /^(?:refs\/)?pull\/(\d{1,12})\//.exec(text(event, 'deployment', 'ref') ?? ref ?? '')?.[1];
  if (number !== undefined) return { kind: 'ask', pull: Number(number) };
  if (eventName !== 'status') return undefined;
  const branches = field(event, 'branches');
  if (Array.isArray(branches) && branches.length > 0) return trusted;
  return unknown('This run is about a commit (status) that is on no branch of this repository.');
}

/** The payload has the pull request's number, and not whose it is. */
function standingOfComment(event: RunnerContext['event']): CodeTrust {
  const issue = field(event, 'issue');
  const number = field(issue, 'number');
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) {
    return unknown('The event of this run does not say which issue or pull request it is about.');
  }
  return field(issue, 'pull_request') === undefined ? trusted : { kind: 'ask', pull: number };
}

/**
 * A suite of a fork's commit has no branch here, and names no pull request: one that names none is trusted for a branch
 * that is known to be ours alone. https://docs.github.com/rest/checks/suites
 */
function standingOfSuite(suite: unknown, event: RunnerContext['event'], own: string | undefined): CodeTrust {
  const branch = text(suite, 'head_branch');
  if (branch === undefined) {
    return unknown('This run is about a commit (check suite) that is on no branch of this repository.');
  }
  const pulls = field(suite, 'pull_requests');
  const heads = Array.isArray(pulls) ? pulls.map((pull) => text(pull, 'head', 'repo', 'url')) : [];
  if (heads.length === 0) {
    const isOwn = own !== undefined && text(event, 'repository', 'full_name')?.toLowerCase() === own;
    if (isOwn && branch === text(event, 'repository', 'default_branch')) return trusted;
    return unknown(
      `This run is about a commit (check suite) of ${branch}, which is not known to be the default branch, and GitHub names no pull request it is of.`,
    );
  }
  const isOurs = (url: string | undefined) => url?.toLowerCase().endsWith(`/repos/${own}`) === true;
  return heads.every(isOurs) ? trusted : { kind: 'untrusted', run: untrusted('fork') };
}

/** A fork that was deleted since leaves no repository behind, and what has none is no branch of ours. */
export function trustOfRepository(head: unknown, own: string | undefined): CodeTrust {
  const name = text(head, 'full_name')?.toLowerCase();
  if (own === undefined) return unknown('Nothing says which repository this run belongs to.');
  return name === own ? trusted : { kind: 'untrusted', run: untrusted('fork') };
}

/** `owner/name`, in small letters. */
function base(event: RunnerContext['event'], repository: RunnerContext['repository']): string | undefined {
  const own = repository === undefined ? undefined : `${repository.owner}/${repository.name}`;
  return (own ?? text(event, 'repository', 'full_name'))?.toLowerCase();
}

/**
 * Events that run this repository's own code, for people who may write to it or by its own clock. One that is not known
 * may be about anybody's: https://docs.github.com/actions/reference/events-that-trigger-workflows
 */
const ownCode: readonly string[] = [
  ...['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release', 'registry_package'],
  ...[
    'create',
    'delete',
    'branch_protection_rule',
    'deployment',
    'deployment_status',
    'page_build',
    'public',
  ],
  ...[
    'discussion',
    'discussion_comment',
    'fork',
    'gollum',
    'issues',
    'label',
    'member',
    'milestone',
    'watch',
  ],
  ...['project', 'project_card', 'project_column', 'image_version'],
];

export function aboutNoPullRequest(eventName: string): CodeTrust {
  if (ownCode.includes(eventName)) return trusted;
  return unknown(
    `This run was started by ${eventName}, an event that is not known here: it may be about a fork’s code.`,
  );
}

function unknown(what: string, next?: string): CodeTrust {
  return { kind: 'untrusted', run: unknownRun(what, next) };
}
