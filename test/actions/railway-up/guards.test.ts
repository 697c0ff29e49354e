import { describe, expect, it } from 'vitest';
import { demo, shopTree } from '#local-cloud';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const v2 = { version: 'v2' };
const repository = `${demo.github.owner}/${demo.github.repository}`;

/** A project of its own, whose service `web` serves v1; the inputs that name it. */
function guarded(seed: {
  readonly onlyAllowedSources?: boolean;
  readonly trigger?: {
    readonly repository: string;
    readonly checkSuites?: boolean;
    readonly enabled?: boolean;
  };
}) {
  const { onlyAllowedSources = false, trigger } = seed;
  const project = shop.railway.createProject({
    name: 'guarded',
    workspace: { name: 'Guarded', onlyAllowedSources },
    services: {
      web: { deployed: [{ files: shopTree({ version: 'v1' }) }], ...(trigger && { trigger }) },
    },
  });
  const value = '5c1f0a52-0b4f-4a53-9d2c-2f5f4f0a0f01';
  shop.railway.addToken({ kind: 'project', value, project: project.name, environment: 'production' });
  return { 'railway-token': value, 'railway-service': 'web' };
}

const warnings = (result: Awaited<ReturnType<typeof shop.up>>) =>
  annotations(result).filter((line) => /trigger|guardrail/.test(line));
const twice =
  `Railway deploys ${repository} by itself at a push to main, and this run, which is of that branch, uploads to the same service: ` +
  'two deployments are made, and the later one stays. ' +
  'Use `mode: watch`, which proves what Railway deploys, switch the trigger off in the service’s settings, or do not upload to it.';

describe('an upload', () => {
  it('that a guardrail of the workspace forbids is not sent, and what serves is told', async () => {
    const result = await shop.up(v2, { ...guarded({ onlyAllowedSources: true }), checks: homeCheck });
    expect([ended(result), shop.mutations(), result.job.conclusion]).toEqual([
      'rejected/policy-refused, serving old',
      [],
      'failure',
    ]);
    expect(warnings(result)).toEqual([
      expect.stringContaining('A guardrail of the workspace restricts deploys to allowed sources'),
    ]);
  });

  it('that a guardrail forbids is told in a dry run', async () => {
    const given = { ...guarded({ onlyAllowedSources: true }), 'dry-run': 'true' };
    const result = await shop.up(v2, given);
    expect([ended(result), shop.mutations()]).toEqual(['rehearsed/dry-run, serving old', []]);
    expect(result.main.summary).toContain(
      'It would be refused (rejected/policy-refused): A guardrail of the workspace restricts deploys to allowed sources, and an upload is none.',
    );
  });

  it('to a service that a push deploys too goes on, with a warning before it is sent', async () => {
    const result = await shop.up(v2, guarded({ trigger: { repository } }));
    expect([ended(result), warnings(result)]).toEqual([
      'live/platform-only, serving new',
      [`warning: ${twice}`],
    ]);
    const log = logOf(result);
    expect(log.indexOf(twice)).toBeLessThan(log.indexOf('Railway has taken the upload'));
  });

  it('to a service whose trigger is off is told so, and warned of nothing', async () => {
    const result = await shop.up(v2, guarded({ trigger: { repository, enabled: false } }));
    expect([ended(result), warnings(result)]).toEqual(['live/platform-only, serving new', []]);
    expect(logOf(result)).toContain(
      `The trigger of the service is off: a push to main of ${repository} deploys nothing by itself.`,
    );
  });

  it('is no worse off where the token may read none of it', async () => {
    const given = guarded({ onlyAllowedSources: false, trigger: { repository } });
    for (const route of ['workspacePolicy', 'deploymentTriggers', 'serviceInstanceAutoDeployStatus'])
      shop.stage.cloud.faults.add({ route: `graphql.${route}`, kind: 'status', status: 403 });
    const result = await shop.up(v2, given);
    expect([ended(result), warnings(result)]).toEqual(['live/platform-only, serving new', []]);
  });

  it('does not wait long for answers that do not come', async () => {
    const given = { ...guarded({}), 'dry-run': 'true' };
    for (const route of ['workspacePolicy', 'deploymentTriggers', 'serviceInstanceAutoDeployStatus'])
      shop.stage.cloud.faults.add({ route: `graphql.${route}`, kind: 'stall' });
    const since = Date.now();
    const result = await shop.up(v2, given);
    expect(ended(result)).toBe('rehearsed/dry-run, serving old');
    expect(Date.now() - since).toBeLessThan(12_000);
    expect(result.main.summary).toContain('Railway does not tell this token whether a guardrail');
  });
});
