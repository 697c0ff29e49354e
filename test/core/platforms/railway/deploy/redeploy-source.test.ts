import { describe, expect, it } from 'vitest';
import {
  describeRedeploy,
  redeployOf,
} from '../../../../../packages/core/src/platforms/railway/deploy/redeploy-source.ts';
import { aWireDeployment, railwayDigests, serviceWith } from '../../../../support/railway-deployments.ts';

const commitHash = 'a'.repeat(40);
const pinned = `ghcr.io/acme/shop@${railwayDigests.v1}`;
const live = (meta: object = {}, more: object = {}) => aWireDeployment({ id: 'live', meta, ...more });

describe('how what serves is deployed again', () => {
  it.each([
    [
      'a commit of the repository, by it',
      [live({ commitHash, repo: 'acme/shop' })],
      { repo: 'acme/shop' },
      { by: 'commit', commit: commitHash },
    ],
    [
      'a commit whose repository is not told, by it',
      [live({ commitHash })],
      { repo: 'acme/shop' },
      { by: 'commit', commit: commitHash },
    ],
    [
      'a commit of a repository that the service has left, by the deployment',
      [live({ commitHash, repo: 'acme/old' })],
      { repo: 'acme/shop' },
      { by: 'deployment', id: 'live' },
    ],
    ['an upload, by the deployment', [live()], {}, { by: 'deployment', id: 'live' }],
    [
      'an upload to a service of a repository, by the deployment',
      [live()],
      { repo: 'acme/shop' },
      { by: 'deployment', id: 'live' },
    ],
    [
      'an image by its digest, by it',
      [live({ imageDigest: railwayDigests.v1 })],
      { image: pinned },
      { by: 'image', image: pinned },
    ],
    [
      'an image where the source names another, by the deployment',
      [live({ imageDigest: railwayDigests.v2 })],
      { image: pinned },
      { by: 'deployment', id: 'live' },
    ],
    [
      'an image by a tag, by the deployment',
      [live({ imageDigest: railwayDigests.v1 })],
      { image: 'ghcr.io/acme/shop:1' },
      { by: 'deployment', id: 'live' },
    ],
    [
      'one of which Railway does not tell whether it can be, by the deployment',
      [live({}, { canRedeploy: null })],
      {},
      { by: 'deployment', id: 'live' },
    ],
  ])('is, of %s', (_, active, source, expected) => {
    expect(redeployOf(serviceWith(active, { source }))).toEqual(expected);
  });

  it.each([
    ['nothing', [], 'nothing-serves', 'no deployment is active'],
    ['one that has crashed', [live({}, { status: 'CRASHED' })], 'nothing-serves', 'live has crashed'],
    [
      'two',
      [live(), live({}, { id: 'other' })],
      'not-redeployable',
      'which of them is to be deployed again is not to be told',
    ],
    ['one that cannot be', [live({}, { canRedeploy: false })], 'not-redeployable', undefined],
  ])('is not told of %s', (_, active, reason, why) => {
    expect(redeployOf(serviceWith(active))).toMatchObject({ reason, ...(why && { why }) });
  });

  it.each([
    [{ by: 'commit', commit: commitHash } as const, 'with the settings and variables in force now'],
    [{ by: 'image', image: pinned } as const, 'with the settings and variables in force now'],
    [
      { by: 'deployment', id: 'live' } as const,
      'Railway says that this takes the settings and variables it had',
    ],
  ])('is told with what it means: %o', (redeploy, words) => {
    expect(describeRedeploy(redeploy)).toContain(words);
  });
});
