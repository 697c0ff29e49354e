import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RolloutEnding, rolloutResult } from '../../../packages/core/src/deployment/result.ts';
import { rollbackPage } from '../../../packages/core/src/deployment/rollback-page.ts';
import { Timeline } from '../../../packages/core/src/rollout/timeline.ts';
import { aRelease } from '../../support/a-release.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'belay-result-'));
  mkdirSync(join(workspace, '.github', 'workflows'), { recursive: true });
});
afterEach(() => rmSync(workspace, { recursive: true }));

/** The button of an app in an environment. */
function button(name: string, app: string, environment: string) {
  const given = ['to', 'reason'].map((input) => `${input}: \${{ inputs.${input} }}`).join('\n          ');
  const text = `on: { workflow_dispatch: { inputs: { to: {}, reason: {} } } }
jobs:
  back:
    steps:
      - uses: acme/belay/actions/rollback@v1
        with:
          fly-app: ${app}
          environment: ${environment}
          ${given}
`;
  writeFileSync(join(workspace, '.github', 'workflows', name), text);
}

const [v1, v2] = [aRelease({ id: 'v1' }), aRelease({ id: 'v2' })];
const live: RolloutEnding = {
  action: 'fly-deploy',
  target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
  durationMs: 1,
  from: undefined,
  to: undefined,
  outputs: {},
  evidence: [],
  verdict: {
    outcome: 'live',
    reason: 'verified',
    serving: 'new',
    release: v2,
    previous: v1,
    notes: [],
    live: { kind: 'one', release: v2 },
  },
};

async function linked(ending: Partial<RolloutEnding>, environment = 'production') {
  const bound = {
    checks: undefined,
    timeline: new Timeline(manualClock()),
    environment,
    recordsLine: () => undefined,
    commit: async () => undefined,
  };
  const { context } = recordingRunner({ context: { workspace } });
  const target = ending.target?.name ?? live.target.name;
  const ofFly = { targetInput: 'fly-app', shipsByHand: /flyctl deploy/ };
  const rollbackUrl = rollbackPage(context, { ...ofFly, target, environment });
  const { summary } = await rolloutResult(context, bound, { ...live, ...ending, rollbackUrl });
  return /actions\/workflows\/([^>]*)/.exec(summary ?? '')?.[1];
}

describe('the summary of a deploy links the rollback', () => {
  beforeEach(() => {
    button('a.yml', 'shop', 'staging');
    button('b.yml', 'pr-7-shop', 'pr-7');
    button('c.yml', 'shop', 'production');
  });
  const review = { platform: 'fly', id: 'fly:pr-7-shop', name: 'pr-7-shop' } as const;

  it.each<[string, Partial<RolloutEnding>, string, string | undefined]>([
    ['of its app in its environment', {}, 'production', 'c.yml'],
    ['of another environment', {}, 'staging', 'a.yml'],
    ['of nothing that no workflow takes back', {}, 'preview', undefined],
    ['of no review app', { target: review, isReview: true }, 'pr-7', undefined],
  ])('%s', async (_, ending, environment, name) => {
    expect(await linked(ending, environment)).toBe(name);
  });
});
