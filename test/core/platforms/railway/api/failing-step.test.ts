import { describe, expect, it } from 'vitest';
import { deploymentFailure } from '../../../../../packages/core/src/platforms/railway/api/deployment-failure.ts';
import {
  failingStep,
  stepFailure,
} from '../../../../../packages/core/src/platforms/railway/api/failing-step.ts';
import { deploymentEvent } from '../../../../../packages/core/src/platforms/railway/api/wire.ts';
import { aWireDeployment } from '../../../../support/railway-deployments.ts';

const event = (step: string, more: object = {}) =>
  deploymentEvent({ id: step, step, createdAt: '2026-12-01T10:00:00Z', completedAt: null, ...more }, '');
const done = (step: string, payload?: object) =>
  event(step, { completedAt: '2026-12-01T10:00:01Z', payload });

describe('the step that failed', () => {
  it.each([
    [
      'the last with an error',
      [
        done('BUILD_IMAGE', { error: 'no' }),
        done('HEALTHCHECK', { error: 'late' }),
        event('DRAIN_INSTANCES'),
      ],
      { step: 'HEALTHCHECK', error: 'late' },
    ],
    [
      'else the last that did not end',
      [done('BUILD_IMAGE'), event('CREATE_CONTAINER')],
      { step: 'CREATE_CONTAINER' },
    ],
    [
      'none that was skipped',
      [event('BUILD_IMAGE'), event('PRE_DEPLOY_COMMAND', { payload: { skipped: true } })],
      { step: 'BUILD_IMAGE' },
    ],
    ['none where all ended', [done('BUILD_IMAGE')], undefined],
    ['none where there are none', [], undefined],
  ])('is %s', (_, events, expected) => {
    expect(failingStep(events)).toEqual(expected);
  });

  it.each([
    ['SNAPSHOT_CODE', 'build-failed'],
    ['BUILD_IMAGE', 'build-failed'],
    ['PUBLISH_IMAGE', 'build-failed'],
    ['WAIT_FOR_DEPENDENCIES', 'deploy-failed'],
    ['MIGRATE_VOLUMES', 'volume-failed'],
    ['PRE_DEPLOY_COMMAND', 'pre-deploy-failed'],
    ['CREATE_CONTAINER', 'container-failed'],
    ['CONFIGURE_NETWORK', 'container-failed'],
    ['HEALTHCHECK', 'unhealthy'],
    ['DRAIN_INSTANCES', 'deploy-failed'],
    ['A_NEW_STEP', 'deploy-failed'],
  ])('%s is %s', (step, reason) => {
    expect(stepFailure({ step }).reason).toBe(reason);
  });

  it('is told with what Railway says of it', () => {
    expect(stepFailure({ step: 'PRE_DEPLOY_COMMAND', error: 'exit code 1' })).toEqual({
      reason: 'pre-deploy-failed',
      what: 'The deployment failed while the pre-deploy command ran (PRE_DEPLOY_COMMAND): exit code 1',
      next: 'Read the command’s log above and fix it.',
    });
  });
});

describe('what a deployment came to', () => {
  const failure = (more: object, events: Parameters<typeof deploymentFailure>[1] = []) =>
    deploymentFailure(aWireDeployment(more), events);

  it.each(['SUCCESS', 'SLEEPING', 'BUILDING', 'WAITING', 'SOMETHING_NEW'])(
    'is no failure while it is %s',
    (status) => {
      expect(failure({ status })).toBeUndefined();
    },
  );

  it.each([
    ['CRASHED', 'crashed'],
    ['NEEDS_APPROVAL', 'needs-approval'],
    ['REMOVED', 'deployment-removed'],
    ['REMOVING', 'deployment-removed'],
    ['FAILED', 'deploy-failed'],
  ])('is told of one that is %s as %s', (status, reason) => {
    expect(failure({ status })?.reason).toBe(reason);
  });

  it('is the step where it failed', () => {
    const events = [
      done('BUILD_IMAGE'),
      done('HEALTHCHECK', { error: '1/1 replicas never became healthy!' }),
    ];
    expect(failure({ status: 'FAILED' }, events)).toMatchObject({
      reason: 'unhealthy',
      what: 'The deployment failed while its health check was asked (HEALTHCHECK): 1/1 replicas never became healthy!',
    });
  });

  it('is its configuration, or its image, where it never came to a container', () => {
    const meta = { configErrors: ['multi-region needs the plan Pro', { message: 'and another' }] };
    expect([
      failure({ status: 'FAILED', meta }),
      failure({ status: 'FAILED', meta: { image: 'ghcr.io/acme/shop:1' } }),
      failure({ status: 'FAILED', meta: { image: 'ghcr.io/acme/shop:1' } }, [
        done('CREATE_CONTAINER', { error: 'manifest unknown' }),
      ]),
    ]).toMatchObject([
      {
        reason: 'config-invalid',
        what: 'Railway refused the configuration of the deployment d1000000: multi-region needs the plan Pro',
        evidence: ['multi-region needs the plan Pro', 'and another'],
      },
      { reason: 'image-not-found', what: 'Railway could not get the image ghcr.io/acme/shop:1' },
      {
        reason: 'image-not-found',
        what: 'Railway could not get the image ghcr.io/acme/shop:1: manifest unknown',
      },
    ]);
  });

  it.each([
    ['No changes to watched files', 'no file changed that the service watches; what served still serves'],
    [
      'CI check suite failed',
      'a check suite of the commit failed, and running it again does not revive the deployment',
    ],
  ])('is a skip because of: %s', (skippedReason, why) => {
    expect(failure({ status: 'SKIPPED', meta: { skippedReason } })).toMatchObject({
      reason: 'skipped',
      what: `Railway skipped the deployment d1000000: ${skippedReason}`,
      why,
    });
  });
});
