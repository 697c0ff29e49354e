import { describe, expect, it } from 'vitest';
import {
  configFileCutoff,
  notInForceWarning,
  parseConfigFile,
} from '../../../../../packages/core/src/platforms/railway/api/config-file.ts';
import {
  differentSettings,
  settingsInForce,
  settingsOfDeployment,
} from '../../../../../packages/core/src/platforms/railway/api/settings.ts';
import { settingsAdvice } from '../../../../../packages/core/src/platforms/railway/api/settings-advice.ts';
import { aServiceInstance, aWireDeployment } from '../../../../support/railway-deployments.ts';

const production = { environment: 'production', isPullRequest: false };

async function fileSettings(text: string, scope = production, file = 'railway.json') {
  const parsed = await parseConfigFile(file, text, scope);
  return parsed.kind === 'value' ? parsed.value : parsed.problem;
}

describe('a railway.json', () => {
  const json = JSON.stringify({
    $schema: 'https://railway.com/railway.schema.json',
    build: { builder: 'RAILPACK', watchPatterns: [] },
    deploy: { startCommand: 'npm start', healthcheckPath: '/up', drainingSeconds: null },
    environments: {
      pr: { deploy: { numReplicas: 1 } },
      production: { deploy: { healthcheckPath: '/ready' } },
    },
  });

  it('says what is for all, and over it what is for the environment', async () => {
    const all = {
      'build.builder': 'RAILPACK',
      'build.watchPatterns': [],
      'deploy.startCommand': 'npm start',
    };
    expect([
      await fileSettings(json),
      await fileSettings(json, { environment: 'shop-pr-7', isPullRequest: true }),
    ]).toEqual([
      { ...all, 'deploy.healthcheckPath': '/ready' },
      { ...all, 'deploy.healthcheckPath': '/up', 'deploy.numReplicas': 1 },
    ]);
  });

  it('may be TOML', async () => {
    const toml = '[deploy]\nhealthcheckPath = "/up"\nhealthcheckTimeout = 60\n';
    expect(await fileSettings(toml, production, 'railway.toml')).toEqual({
      'deploy.healthcheckPath': '/up',
      'deploy.healthcheckTimeout': 60,
    });
  });

  it('may be none that can be read, or say nothing', async () => {
    expect(await fileSettings('{')).toMatch(/^"railway\.json" cannot be read: /);
    expect([await fileSettings('[]'), await fileSettings('{"deploy": 7}')]).toEqual([{}, {}]);
  });
});

describe('what of it is not in force', () => {
  const different = (wanted: object, instance: object = {}) =>
    differentSettings(wanted, settingsInForce(aServiceInstance(instance)));

  it('is named with both values', () => {
    const wanted = { 'deploy.healthcheckPath': '/up', 'deploy.startCommand': 'npm start' };
    const found = different(wanted, { startCommand: 'node .' });
    expect(found).toEqual([
      { name: 'deploy.healthcheckPath', wanted: '/up', inForce: undefined },
      { name: 'deploy.startCommand', wanted: 'npm start', inForce: 'node .' },
    ]);
    expect([
      notInForceWarning('railway.json', found, configFileCutoff),
      notInForceWarning('railway.json', found.slice(0, 1), configFileCutoff - 1),
      notInForceWarning('railway.json', [], configFileCutoff),
    ]).toEqual([
      'Railway has not read railway.json since 2026-12-01: deploy.healthcheckPath is "/up" there, and none is in force; deploy.startCommand is "npm start" there, and "node ." is in force. Set them in the service’s settings, or in .railway/railway.ts.',
      'From 2026-12-01 on Railway does not read railway.json: deploy.healthcheckPath is "/up" there, and none is in force. Set them in the service’s settings, or in .railway/railway.ts.',
      undefined,
    ]);
  });

  it.each([
    ['the same path without its slash', { 'deploy.healthcheckPath': 'up' }, { healthcheckPath: '/up' }],
    [
      'the same command as a list',
      { 'deploy.preDeployCommand': 'npm run migrate' },
      { preDeployCommand: ['npm run migrate'] },
    ],
    [
      'what is the default',
      { 'deploy.healthcheckTimeout': 300, 'deploy.drainingSeconds': 0, 'build.watchPatterns': [] },
      {},
    ],
    ['a Dockerfile as builder', { 'build.builder': 'DOCKERFILE' }, { builder: 'RAILPACK' }],
    ['regions, which settings do not tell', { 'deploy.multiRegionConfig': { a: { numReplicas: 1 } } }, {}],
  ])('is not %s', (_, wanted, instance) => {
    expect(different(wanted, instance)).toEqual([]);
  });

  it('can be seen of what was deployed too, regions with it', () => {
    const deploy = { healthcheckPath: '/up', multiRegionConfig: { a: { numReplicas: 1 } } };
    const { meta } = aWireDeployment({ meta: { serviceManifest: { build: {}, deploy } } });
    const wanted = { 'deploy.healthcheckPath': '/up', 'deploy.multiRegionConfig': { a: { numReplicas: 2 } } };
    expect(differentSettings(wanted, settingsOfDeployment(meta)).map(({ name }) => name)).toEqual([
      'deploy.multiRegionConfig',
    ]);
  });
});

describe('what is said of the settings in force', () => {
  const advice = (more: object) => settingsAdvice(aServiceInstance(more)).map((said) => said.split(':')[0]);

  it('is what a green is worth and what a deploy loses', () => {
    expect([
      advice({}),
      advice({ healthcheckPath: '/up', drainingSeconds: 30 }),
      advice({ healthcheckPath: '/up', drainingSeconds: 30, overlapSeconds: 20 }),
      advice({ cronSchedule: '0 * * * *' }),
    ]).toEqual([
      ['No health check path is in force', 'The drain in force is 0 s'],
      [],
      ['The overlap in force is 20 s'],
      [],
    ]);
  });
});
