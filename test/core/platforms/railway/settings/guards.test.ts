import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import {
  askGuards,
  beforeUpload,
  type Guards,
} from '../../../../../packages/core/src/platforms/railway/settings/guards.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { type RailwayScript, railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import { shopIds } from '../../../../support/railway-deployments.ts';

const token: RailwayToken = { value: 't', kind: 'workspace', workspaces: [] };

const trigger = (more: object = {}) => ({
  id: 't1',
  repository: 'acme/shop',
  branch: 'main',
  provider: 'github',
  checkSuites: false,
  ...more,
});
const free: Guards = {
  policy: { restrictDeploysToAllowedSources: false, restrictRailwayDomainGeneration: false },
  triggers: [],
  autoDeploy: { enabled: false, canEnable: true, reason: undefined },
};
const on = { enabled: true, canEnable: true, reason: undefined };
const nothing = { refusal: undefined, warnings: [], notes: [], untold: [] };
const pushed = { repository: 'Acme/shop', branch: 'main' };
const off = 'Switch the trigger off in the service’s settings, or do not upload to it.';
const watchOrOff =
  'Use `mode: watch`, which proves what Railway deploys, switch the trigger off in the service’s settings, or do not upload to it.';
const both =
  'Railway deploys acme/shop by itself at a push to main, and this run, which is of that branch, uploads to the same service: two deployments are made, and the later one stays.';
const other = (branch: string, repository: string) =>
  `Railway deploys this service at a push to ${branch} of ${repository} too, and that takes the place of what is uploaded here. ${off}`;

describe('what is to be known before an upload', () => {
  it.each<[string, Partial<Guards>, object]>([
    ['nothing, where nothing stands in its way', {}, {}],
    [
      'that a guardrail of the workspace forbids it',
      { policy: { restrictDeploysToAllowedSources: true, restrictRailwayDomainGeneration: undefined } },
      {
        refusal: {
          reason: 'policy-refused',
          what: 'A guardrail of the workspace restricts deploys to allowed sources, and an upload is none',
          why: 'Railway would refuse it: nothing was uploaded',
          next: 'Ask an owner of the workspace to allow uploads, in its settings under Guardrails, or deploy from the repository that the service is connected to.',
        },
      },
    ],
    [
      'that a push to this very branch deploys the service as well',
      { triggers: [trigger()], autoDeploy: on },
      { warnings: [`${both} ${watchOrOff}`] },
    ],
    [
      'what “Wait for CI” makes of that',
      { triggers: [trigger({ checkSuites: true })], autoDeploy: on },
      {
        warnings: [
          `${both} “Wait for CI” is on: Railway’s own comes once the workflows of the commit have ended, this one among them, and takes the place of what was proved here. Use \`mode: watch\` in a workflow on \`deployment_status\`, which proves what Railway deploys, switch the trigger off in the service’s settings, or do not upload to it.`,
        ],
      },
    ],
    [
      'that pushes elsewhere deploy it too',
      { triggers: [trigger({ branch: 'next' }), trigger({ repository: 'acme/blog' })], autoDeploy: on },
      { warnings: [other('next', 'acme/shop'), other('main', 'acme/blog')] },
    ],
    [
      'the same where it is not told whether the trigger is on',
      { triggers: [trigger()], autoDeploy: undefined },
      { warnings: [`${both} ${watchOrOff}`] },
    ],
    [
      'that the trigger is off',
      { triggers: [trigger()] },
      {
        notes: ['The trigger of the service is off: a push to main of acme/shop deploys nothing by itself.'],
      },
    ],
    [
      'what is not told',
      { policy: undefined, triggers: undefined, autoDeploy: undefined },
      {
        untold: [
          'Railway does not tell this token whether a guardrail of the workspace forbids uploads: it may refuse this one.',
          'Railway does not tell this token whether pushes deploy the service as well, and may take the place of this upload.',
        ],
      },
    ],
  ])('is %s', (_, guards, expected) => {
    expect(beforeUpload({ ...free, ...guards }, pushed)).toEqual({ ...nothing, ...expected });
  });

  it('takes a run of no branch, such as one of a tag, for none of the trigger’s', () => {
    const guards = { ...free, triggers: [trigger()], autoDeploy: on };
    const { warnings } = beforeUpload(guards, { ...pushed, branch: undefined });
    expect(warnings).toEqual([other('main', 'acme/shop')]);
  });
});

describe('asking for it', () => {
  const script: RailwayScript = {
    WorkspacePolicy: {
      data: {
        workspacePolicy: { restrictDeploysToAllowedSources: true, restrictRailwayDomainGeneration: false },
      },
    },
    Triggers: { data: { deploymentTriggers: { edges: [{ node: trigger() }] } } },
    AutoDeploy: {
      data: { serviceInstanceAutoDeployStatus: { enabled: true, canEnable: true, reason: null } },
    },
  };
  const refused = refusal('Not Authorized');
  async function asked(own: RailwayScript = script, workspaceId: string | undefined = 'w1') {
    const http = railwayHttp(own);
    const guards = await askGuards(new RailwayApi({ http, clock: manualClock() }, token), {
      ids: shopIds,
      workspaceId,
    });
    return { guards, asked: http.answers.calls.map(({ operation }) => operation) };
  }

  it('is three questions at once', async () => {
    expect(await asked()).toEqual({
      guards: {
        policy: { restrictDeploysToAllowedSources: true, restrictRailwayDomainGeneration: false },
        triggers: [trigger()],
        autoDeploy: { enabled: true, canEnable: true, reason: undefined },
      },
      asked: ['WorkspacePolicy', 'Triggers', 'AutoDeploy'],
    });
  });

  it('leaves out what a token may not read, and fails nothing', async () => {
    const { guards } = await asked({ WorkspacePolicy: refused, Triggers: refused, AutoDeploy: refused });
    expect(guards).toEqual({ policy: undefined, triggers: undefined, autoDeploy: undefined });
  });

  it('asks for no policy of a workspace that is not known', async () => {
    const http = railwayHttp(script);
    const api = new RailwayApi({ http, clock: manualClock() }, token);
    const guards = await askGuards(api, { ids: shopIds, workspaceId: undefined });
    expect([guards.policy, http.answers.count('WorkspacePolicy')]).toEqual([undefined, 0]);
  });
});
