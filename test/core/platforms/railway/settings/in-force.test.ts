import { describe, expect, it } from 'vitest';
import type { WireServiceInstance } from '../../../../../packages/core/src/platforms/railway/api/wire-service.ts';
import { besideOf } from '../../../../../packages/core/src/platforms/railway/settings/in-force.ts';
import { answeredDeployment, aServiceInstance } from '../../../../support/railway-deployments.ts';

const set = { healthcheckPath: '/up', healthcheckTimeout: 60, drainingSeconds: 30, overlapSeconds: 0 };

/** A service with these settings, whose deployment was made with these. */
function service(settings: object, manifest: object = settings): WireServiceInstance {
  const meta = { serviceManifest: { build: manifest, deploy: manifest } };
  return aServiceInstance({ ...settings, activeDeployments: [answeredDeployment({ meta })] });
}

/** The same of which Railway does not tell what its deployment was made with. */
function untold(settings: object): WireServiceInstance {
  return aServiceInstance({ ...settings, activeDeployments: [answeredDeployment({ meta: {} })] });
}

const warnings = (now: WireServiceInstance, first = now) => besideOf(now, first).warnings;

const unproved =
  'No health check path is in force: Railway calls a deployment a success once its container has started, whether or not it answers. Set one in the service’s settings, or give `checks`.';
const cut =
  'The drain in force is 0 s: requests under way are cut off when the old version goes. Set draining seconds in the service’s settings to as long as a request may take.';

describe('the settings in force', () => {
  it('are told whole, with what they are worth', () => {
    expect(besideOf(service({}, {}), service({}, {}))).toEqual({
      left: [],
      warnings: [unproved, cut],
      markdown: [
        '| Setting | In force |',
        '| --- | --- |',
        '| Health check | none |',
        '| Start command | as the build found it |',
        '| Dockerfile | as the build found it |',
        '| Overlap of old and new | 0 s |',
        '| Drain of the old one | 0 s |',
        '| Restarts | ON_FAILURE, at most 10 |',
        '',
        `- ⚠️ ${unproved}`,
        `- ⚠️ ${cut}`,
      ].join('\n'),
    });
  });

  it('are told as they are set', () => {
    const all = { ...set, startCommand: 'node a.js', dockerfilePath: 'web/Dockerfile', overlapSeconds: 5 };
    expect(besideOf(service(all), service(all))).toEqual({
      left: [],
      warnings: ['The overlap in force is 5 s: so long after a deploy the old version may answer as well.'],
      markdown: [
        '| Setting | In force |',
        '| --- | --- |',
        '| Health check | /up, for at most 60 s |',
        '| Start command | node a.js |',
        '| Dockerfile | web/Dockerfile |',
        '| Overlap of old and new | 5 s |',
        '| Drain of the old one | 30 s |',
        '| Restarts | ON_FAILURE, at most 10 |',
        '',
        '- ⚠️ The overlap in force is 5 s: so long after a deploy the old version may answer as well.',
      ].join('\n'),
    });
  });
});

describe('a setting that somebody changes meanwhile', () => {
  it('is told with what it was, and where the deployment has been made with the old one', () => {
    const now = service({ ...set, healthcheckPath: null, startCommand: 'node b.js' }, set);
    expect(warnings(now, service(set))).toEqual([
      unproved,
      'deploy.healthcheckPath was "/up" when this run began, and is none now: somebody has changed it meanwhile.',
      'deploy.startCommand was none when this run began, and is "node b.js" now: somebody has changed it meanwhile.',
      'deploy.healthcheckPath is "/up" in d1000000, which serves, and none is in force for the next deployment.',
      'deploy.startCommand is none in d1000000, which serves, and "node b.js" is in force for the next deployment.',
    ]);
  });

  it('in time for the deployment is told as changed alone', () => {
    const now = service({ ...set, drainingSeconds: 60 });
    expect(warnings(now, service(set))).toEqual([
      'deploy.drainingSeconds was 30 when this run began, and is 60 now: somebody has changed it meanwhile.',
    ]);
  });
});

describe('what a deployment runs with otherwise than the next one would', () => {
  it.each<[string, object, object | undefined]>([
    ['where both are the same', set, set],
    ['where one is written in another way', { ...set, healthcheckPath: 'up' }, set],
    ['where what is not set is what counts then', { ...set, restartPolicyType: 'ON_FAILURE' }, set],
    ['of replicas, of which a service tells less', { ...set, numReplicas: 3 }, { ...set, numReplicas: 1 }],
    ['where Railway does not tell what it was made with', set, undefined],
  ])('is nothing %s', (_, settings, manifest) => {
    const instance = manifest === undefined ? untold(settings) : service(settings, manifest);
    expect(warnings(instance)).toEqual([]);
  });

  it('is nothing where nothing serves', () => {
    expect(warnings(aServiceInstance({ ...set, activeDeployments: [] }))).toEqual([]);
  });

  it('is told of one that brought older settings back', () => {
    expect(warnings(service(set, { ...set, drainingSeconds: 5 }))).toEqual([
      'deploy.drainingSeconds is 5 in d1000000, which serves, and 30 is in force for the next deployment.',
    ]);
  });
});
