import { describe, expect, it } from 'vitest';
import {
  type PushFacts,
  whyNotMade,
} from '../../../../../packages/core/src/platforms/railway/find/why-not-made.ts';

const commit = 'abcdef0'.padEnd(40, '0');
const match = { commit, isCheck: false, repository: 'acme/shop', branch: 'main' };
const trigger = { id: 't', repository: 'acme/shop', branch: 'main', provider: 'github', checkSuites: false };
const autoDeploy = { enabled: true, canEnable: true, reason: undefined };
const facts: PushFacts = {
  instance: { source: { repo: 'acme/shop', image: undefined } },
  autoDeploy,
  triggers: [trigger],
};

describe('why no deployment of a commit has appeared', () => {
  it.each<readonly [string, Partial<PushFacts>, string]>([
    [
      'a service of an image',
      { instance: { source: { repo: undefined, image: 'nginx:1' } }, triggers: [] },
      'runs the image nginx:1',
    ],
    [
      'one that is uploaded to',
      { instance: { source: undefined }, triggers: [] },
      'the service is uploaded to',
    ],
    [
      'no automatic deploys',
      { autoDeploy: { ...autoDeploy, enabled: false, reason: 'paused' } },
      'switched off for the service: paused',
    ],
    ['no trigger', { triggers: [] }, 'no branch triggers deploys'],
    [
      'another repository',
      { triggers: [{ ...trigger, repository: 'acme/site' }] },
      'deploys acme/site, and this run is of acme/shop',
    ],
    [
      'another branch',
      { triggers: [{ ...trigger, branch: 'stable' }] },
      'deploys the branch stable, and this run is of main',
    ],
    [
      'two branches, of which one is it',
      { triggers: [{ ...trigger, branch: 'stable' }, trigger] },
      'has not heard of the push',
    ],
    ['nothing that explains it', {}, 'has not heard of the push'],
    [
      'nothing that Railway tells',
      { instance: undefined, autoDeploy: undefined, triggers: undefined },
      'does not tell this token which pushes deploy',
    ],
  ])('%s', (_, more, why) => {
    const failure = whyNotMade(match, { ...facts, ...more }, 180_000);
    expect([failure.reason, failure.what]).toEqual([
      'deployment-not-made',
      'Railway has made no deployment of the commit abcdef0 within 180 s',
    ]);
    expect(failure.why).toContain(why);
  });
});
