import type { ServiceAnswer } from '../../service.ts';
import { created, noContent, notFound, ok } from '../answers.ts';
import type { Comment, Issue, PullRequest } from '../model.ts';
import { paged } from '../paging.ts';
import { commentJson, pullJson } from '../render/issue.ts';
import { type Call, Fields, type Route, reads, writes } from '../route.ts';

const path = '/repos/{owner}/{repo}';
const read = reads('issues', 'pull-requests');
const write = writes('issues', 'pull-requests');

export const issueRoutes: readonly Route[] = [
  {
    name: 'issue-comments.list',
    method: 'GET',
    path: `${path}/issues/{issue_number}/comments`,
    need: read,
    answer: list,
  },
  {
    name: 'issue-comments.create',
    method: 'POST',
    path: `${path}/issues/{issue_number}/comments`,
    need: write,
    answer: create,
  },
  {
    name: 'issue-comments.update',
    method: 'PATCH',
    path: `${path}/issues/comments/{comment_id}`,
    need: write,
    answer: update,
  },
  {
    name: 'issue-comments.delete',
    method: 'DELETE',
    path: `${path}/issues/comments/{comment_id}`,
    need: write,
    answer: remove,
  },
  {
    name: 'pulls.get',
    method: 'GET',
    path: `${path}/pulls/{pull_number}`,
    need: reads('pull-requests'),
    answer: getPull,
  },
  {
    name: 'pulls.update',
    method: 'PATCH',
    path: `${path}/pulls/{pull_number}`,
    need: writes('pull-requests'),
    answer: updatePull,
  },
];

function issueOf(call: Call): Issue {
  const issue = call.repository.issues.get(Number(call.params.issue_number));
  if (issue === undefined) throw notFound();
  return issue;
}

/** Oldest first: an issue reads from top to bottom. */
function list(call: Call): ServiceAnswer {
  const { number } = issueOf(call);
  const comments = [...call.repository.comments.values()].filter((comment) => comment.issue === number);
  return paged(comments, call.url, (comment) => commentJson(call.repository, comment));
}

function create(call: Call): ServiceAnswer {
  const now = call.world.now();
  const comment: Comment = {
    id: call.world.nextId('comment'),
    issue: issueOf(call).number,
    author: call.caller.login ?? 'ghost',
    body: bodyOf(call),
    createdAt: now,
    updatedAt: now,
  };
  call.repository.comments.set(comment.id, comment);
  return created(commentJson(call.repository, comment));
}

function update(call: Call): ServiceAnswer {
  const comment = commentOf(call);
  comment.body = bodyOf(call);
  comment.updatedAt = call.world.now();
  return ok(commentJson(call.repository, comment));
}

function remove(call: Call): ServiceAnswer {
  call.repository.comments.delete(commentOf(call).id);
  return noContent;
}

function commentOf(call: Call): Comment {
  const comment = call.repository.comments.get(Number(call.params.comment_id));
  if (comment === undefined) throw notFound();
  return comment;
}

function bodyOf(call: Call): string {
  const fields = new Fields('IssueComment', call.body);
  const body = fields.requiredText('body');
  if (body.length > 65_536) throw fields.invalid('body', 'body is too long (maximum is 65536 characters)');
  return body;
}

function getPull(call: Call): ServiceAnswer {
  return ok(pullOf(call));
}

/** Closes it, or opens it again; nothing else of a pull request can be changed here. */
function updatePull(call: Call): ServiceAnswer {
  const { pull } = pullRequest(call);
  const fields = new Fields('PullRequest', call.body);
  const state = fields.text('state');
  if (state !== undefined && state !== 'open' && state !== 'closed') throw fields.invalid('state');
  if (state === 'open') delete pull.closedAt;
  if (state === 'closed') pull.closedAt ??= call.world.now();
  return ok(pullOf(call));
}

function pullOf(call: Call): object {
  const { issue, pull } = pullRequest(call);
  return pullJson(call.repository, issue, pull);
}

function pullRequest(call: Call): { issue: Issue; pull: PullRequest } {
  const issue = call.repository.issues.get(Number(call.params.pull_number));
  if (issue?.pull === undefined) throw notFound();
  return { issue, pull: issue.pull };
}
