import { describe, expect, it } from 'vitest';
import { adviceOn } from '../../../packages/core/src/deployment/advice.ts';
import { failureFor } from '../../../packages/core/src/rollout/failures.ts';
import { aRelease } from '../../support/a-release.ts';

const own = (reason: Parameters<typeof failureFor>[0]) => ({ ...failureFor(reason), next: 'Of the cause.' });

describe('the advice on a rollout', () => {
  it.each([
    ['the cause’s where it is the reason', { reason: 'unhealthy', cause: own('unhealthy') }, 'Of the cause.'],
    [
      'the reason’s where something else became of it',
      { reason: 'barrier', cause: own('unhealthy') },
      'Fix forward: an older version cannot run on what this release changed.',
    ],
    [
      'that of the very case before either',
      { reason: 'no-target', cause: own('unhealthy'), next: 'Run it by hand.' },
      'Run it by hand.',
    ],
    [
      'to go forward alone where nothing came before',
      { reason: 'on-failure-none', cause: own('checks-failed') },
      'Fix forward: no release came before this one.',
    ],
    [
      'to go back as well where something did',
      { reason: 'on-failure-none', cause: own('checks-failed'), previous: aRelease({ id: 'v1' }) },
      'Fix forward, or run the rollback action.',
    ],
    [
      'to run the rollback action where a deploy changed nothing',
      { reason: 'already-live-failing' },
      'Fix forward, or run the rollback action to go back to a verified release.',
    ],
  ])('of a deploy is %s', (_, verdict, advice) => {
    expect(adviceOn(verdict, 'fly-deploy')).toBe(advice);
  });

  it.each([
    [
      'to build again what the registry has lost: there is no `image` to correct',
      { reason: 'image-not-found', cause: own('image-not-found') },
      'Build and deploy what that release was built from again, or name another with `to`.',
    ],
    [
      'to name another where the stored configuration is refused: there is no file to correct',
      { reason: 'config-invalid', cause: own('config-invalid') },
      'Name another release with `to` and a `reason`: flyctl refuses the configuration that is stored with this one.',
    ],
    [
      'to try again or elsewhere where it failed itself',
      { reason: 'restore-failed', cause: own('unhealthy') },
      'Look at what serves now, then run it again, or name another release with `to` and a `reason`.',
    ],
    [
      'not to run the rollback action, which has just run',
      { reason: 'already-live-failing' },
      'Name an older release with `to` and a `reason`, or fix forward.',
    ],
  ])('of a rollback is %s', (_, verdict, advice) => {
    expect(adviceOn(verdict, 'rollback')).toBe(advice);
  });
});
