import { describe, expect, it } from 'vitest';
import {
  type Asked,
  railwayFailure,
} from '../../../../../packages/core/src/platforms/railway/api/failures.ts';
import { railwayProblem } from '../../../../../packages/core/src/platforms/railway/api/problem.ts';

const asked: Asked = { operation: 'Project', ids: 'projectId p1', kind: 'project', isChange: false };

function refused(message: string, more: object = {}, as: Partial<Asked> = {}) {
  const problem = railwayProblem([{ message, ...more }]);
  if (problem === undefined) throw new Error('no problem');
  return railwayFailure(problem, { ...asked, ...as });
}

describe('a refusal of Railway’s', () => {
  it.each([
    ['Not Authorized', 'not-authorized'],
    ['not authorized to access this resource', 'not-authorized'],
    ['Project Token not found', 'token-rejected'],
    ['Deployment not found', 'deployment-not-found'],
    ['Project not found', 'target-not-found'],
    ['ServiceInstance not found', 'target-not-found'],
    ['Environment not found', 'target-not-found'],
    ['Commit not found', 'commit-not-found'],
    ['Service deployment rate limit exceeded', 'rate-limited'],
    ['Two Factor Authentication Required', 'two-factor-required'],
    ['Cannot query field "tracingEnabled" on type "ServiceInstance".', 'api-changed'],
    ['Unknown argument "id" on field "Query.deployment".', 'api-changed'],
    ['Forbidden by a guardrail: not an allowed source', 'policy-refused'],
    ['Blocked by workspace policy', 'policy-refused'],
    ['Deploys in this workspace are restricted to allowed sources', 'policy-refused'],
    ['Problem processing request', 'platform-error'],
    ['something nobody has seen', 'platform-error'],
  ])('that says %s is %s', (message, code) => {
    expect(refused(message).code).toBe(code);
  });

  it('of a bad input is told in Railway’s words, unless it is trouble in disguise', () => {
    const bad = { extensions: { code: 'BAD_USER_INPUT' } };
    expect([
      refused('Deployment is not stoppable', bad).code,
      refused('A service named "web" already exists', bad).code,
      refused('Problem processing request', bad).code,
    ]).toEqual(['request-refused', 'request-refused', 'platform-error']);
  });

  it('names the ids that were used and the kind of token, since Railway tells neither what is wrong', () => {
    const { code, what, why, next, details } = refused('Not Authorized', { traceId: '4212' });
    expect({ code, what, why, next, details }).toEqual({
      code: 'not-authorized',
      what: 'Railway refused Project (projectId p1) with a project token: Not Authorized',
      why: 'Railway answers the same for a token that may not do this and for an id that does not exist',
      next: 'Correct the ids named here, or use a token that reaches them.',
      details: ['Railway’s traceId: 4212'],
    });
  });

  it.each([
    ['EnvironmentCreate', 'those make no environments'],
    ['EnvironmentDelete', 'those delete no environments'],
    ['DeploymentRollback', 'Railway may let only tokens of workspaces and accounts roll back'],
  ])('of %s with a project token says that it takes another kind', (operation, reason) => {
    const as = { operation, ids: '', isChange: true };
    const { code, why } = refused('Not Authorized', {}, as);
    expect([code, why]).toEqual(['token-kind', `\`railway-token\` is a project token, and ${reason}`]);
    expect(refused('Not Authorized', {}, { ...as, kind: 'workspace' }).code).toBe('not-authorized');
  });

  it('names the workspace that asks for a second factor', () => {
    const extensions = { workspaceName: 'Acme' };
    expect(refused('Two Factor Authentication Required', { extensions }).what).toBe(
      'Railway asks for a second factor for Project (projectId p1) in the workspace Acme',
    );
  });

  it('leaves open whether a change was made where it is Railway’s own trouble, and nowhere else', () => {
    const change = { isChange: true };
    expect([
      refused('Problem processing request', {}, change).maybeEffective,
      refused('Problem processing request').maybeEffective,
      refused('Not Authorized', {}, change).maybeEffective,
      refused('Service deployment rate limit exceeded', {}, change).maybeEffective,
    ]).toEqual([true, false, false, false]);
  });
});
