import { HttpError } from '../../../io/http.ts';
import { ActionFailure, type FailureText } from '../../../outcome/failure.ts';
import { lineOf } from '../../../text/cut.ts';
import { defined } from '../../../text/defined.ts';
import { ownValue } from '../../../text/own-value.ts';
import type { RailwayTokenKind } from '../token/token.ts';
import { isDeployLimit, isPolicyRefusal, mayPass, type RailwayProblem } from './problem.ts';

/** What was asked, for whoever reads that it failed. */
export interface Asked {
  /** `DeploymentRollback`. */
  readonly operation: string;
  /** `deploymentId 7f3a…, environmentId 91c2…`, or `''`. */
  readonly ids: string;
  readonly kind: RailwayTokenKind;
  /** It would have changed something. */
  readonly isChange: boolean;
}

/** An answer of Railway's that refuses. `maybeEffective`: it does not say whether what was asked for was done. */
export class RailwayFailure extends ActionFailure {
  readonly problem: RailwayProblem;
  readonly maybeEffective: boolean;
  readonly #isChange: boolean;
  constructor(text: FailureText, problem: RailwayProblem, isChange: boolean) {
    super(text);
    this.problem = problem;
    this.maybeEffective = isChange && text.code === 'platform-error';
    this.#isChange = isChange;
  }

  /** The same, with more evidence. */
  with(evidence: readonly string[]): RailwayFailure {
    if (evidence.length === 0) return this;
    const { code, what, next, details = [], why } = this;
    const told = { code, what, next, details: [...details, ...evidence], ...defined({ why }) };
    return new RailwayFailure(told, this.problem, this.#isChange);
  }
}

/** It answered false and no error: it gives no reason, and what was asked for may have been done all the same. */
export class AnsweredFalse extends ActionFailure {
  readonly maybeEffective = true;
}

/** Whether a question that failed so may be answered when it is asked again. */
export function isPassing(error: unknown): error is HttpError | RailwayFailure {
  return error instanceof HttpError || (error instanceof RailwayFailure && error.code === 'platform-error');
}

/** Whether what was asked for may have been done all the same; what it answers and cannot be read is an answer. */
export function mayBeDone(error: unknown): error is Error {
  if (error instanceof HttpError) return error.maybeEffective || error.kind === 'body';
  return (error instanceof RailwayFailure || error instanceof AnsweredFalse) && error.maybeEffective;
}

/** Matched by message: the codes do not tell. The first that fits counts. */
export function railwayFailure(problem: RailwayProblem, asked: Asked): RailwayFailure {
  const row = rows.find(({ when }) => when(problem)) ?? other;
  const traced = problem.traceId === undefined ? [] : [`Railway’s traceId: ${problem.traceId}`];
  return new RailwayFailure({ ...row.tell(problem, asked), details: traced }, problem, asked.isChange);
}

interface Row {
  readonly when: (problem: RailwayProblem) => boolean;
  readonly tell: (problem: RailwayProblem, asked: Asked) => FailureText;
}

const says = (pattern: RegExp) => (problem: RailwayProblem) => pattern.test(problem.message);

const other: Row = {
  when: () => true,
  tell: (problem, asked) => ({
    code: 'platform-error',
    what: `Railway’s API answered to ${call(asked)}: ${said(problem)}`,
    ...(asked.isChange ? { why: 'whether it was done all the same is not told' } : {}),
    next: 'Look at https://status.railway.com, then run the job again.',
  }),
};

const rows: readonly Row[] = [
  {
    when: says(/project token not found/i),
    tell: (problem, { kind }) => ({
      code: 'token-rejected',
      what: `Railway refused the token, which was sent as a ${kind} token: ${said(problem)}`,
      why: 'it was deleted or rotated, or is of another kind than it was taken for',
      next: 'Create a new project token in the settings of the Railway project, under Tokens, and store it as the secret this job reads.',
    }),
  },
  {
    when: says(/two factor authentication required/i),
    tell: (problem, asked) => ({
      code: 'two-factor-required',
      what: `Railway asks for a second factor for ${call(asked)}${inWorkspace(problem)}`,
      why: 'the workspace demands it of people, and a job has none',
      next: 'Do this by hand, or use a project token, which is nobody’s login.',
    }),
  },
  {
    when: isPolicyRefusal,
    tell: (problem, asked) => ({
      code: 'policy-refused',
      what: `A guardrail of the workspace forbids ${call(asked)}: ${said(problem)}`,
      next: 'Ask an owner of the workspace to allow it, in its settings under Guardrails.',
    }),
  },
  { when: says(/not authorized|unauthorized|forbidden/i), tell: notAuthorized },
  {
    when: says(/cannot query field|unknown (?:argument|type|field)|is not defined by type/i),
    tell: (problem, asked) => ({
      code: 'api-changed',
      what: `Railway’s API does not know what ${asked.operation} asks for: ${said(problem)}`,
      why: 'its schema has changed since this version was made',
      next: 'Update the action to its newest version.',
    }),
  },
  {
    when: isDeployLimit,
    tell: (problem, asked) => ({
      code: 'rate-limited',
      what: `Railway takes no more deploys of this service for now (${call(asked)}): ${said(problem)}`,
      why: 'it was deployed too often in a short time',
      next: 'Run the job again in a few minutes.',
    }),
  },
  {
    when: says(/commit .*not found|commit not found/i),
    tell: (problem, asked) => ({
      code: 'commit-not-found',
      what: `Railway does not find the commit: ${said(problem)} (${call(asked)})`,
      why: 'the repository that the service is connected to does not have it',
      next: 'Push the commit to that repository, then run the job again.',
    }),
  },
  {
    when: says(/deployment not found/i),
    tell: (problem, asked) => ({
      code: 'deployment-not-found',
      what: `Railway has no such deployment (${call(asked)}): ${said(problem)}`,
      why: 'it was removed, or is of another service than the token reaches',
      next: 'Correct the deployment’s id, or choose one that Railway still has.',
    }),
  },
  {
    when: says(/(?:project|environment|service|service ?instance) not found/i),
    tell: (problem, asked) => ({
      code: 'target-not-found',
      what: `Railway knows no such target (${call(asked)}): ${said(problem)}`,
      why: `the id is wrong, it was deleted, or this ${asked.kind} token does not reach it`,
      next: 'Correct `railway-project`, `railway-environment` or `railway-service`.',
    }),
  },
  {
    when: (problem) => problem.code === 'BAD_USER_INPUT' && !mayPass(problem),
    tell: (problem, asked) => ({
      code: 'request-refused',
      what: `Railway refused ${call(asked)}: ${said(problem)}`,
      next: 'Read Railway’s answer, and correct what it names.',
    }),
  },
];

/** The same answer for a wrong token, a wrong scope and an id that does not exist. */
function notAuthorized(problem: RailwayProblem, asked: Asked): FailureText {
  const beyond = asked.kind === 'project' ? ownValue(beyondProjectTokens, asked.operation) : undefined;
  if (beyond !== undefined) {
    return {
      code: 'token-kind',
      what: `Railway refused ${call(asked)}: ${said(problem)}`,
      why: `\`railway-token\` is a project token, and ${beyond}`,
      next: 'Create a token for the workspace in the account’s settings, under Tokens, and store it as the secret this job reads.',
    };
  }
  return {
    code: 'not-authorized',
    what: `Railway refused ${call(asked)} with a ${asked.kind} token: ${said(problem)}`,
    why: 'Railway answers the same for a token that may not do this and for an id that does not exist',
    next: 'Correct the ids named here, or use a token that reaches them.',
  };
}

/** What a project token may not do. Source: docs.railway.com/integrations/api; of the rollback it is not established. */
const beyondProjectTokens: Readonly<Record<string, string>> = {
  EnvironmentCreate: 'those make no environments',
  EnvironmentDelete: 'those delete no environments',
  Projects: 'those see their own project alone',
  Environment: 'those see their own environment alone',
  DeploymentRollback: 'Railway may let only tokens of workspaces and accounts roll back',
};

function call({ operation, ids }: Asked): string {
  return ids === '' ? operation : `${operation} (${ids})`;
}

function said({ message }: RailwayProblem): string {
  return lineOf(message, 300);
}

function inWorkspace({ workspace }: RailwayProblem): string {
  return workspace === undefined ? '' : ` in the workspace ${workspace}`;
}
