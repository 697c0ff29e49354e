import { describe, expect, it } from 'vitest';
import { type Cloud, commits, demo, github, images } from '#local-cloud';
import { githubRequest } from '../../support/github-client.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, candidates, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const key = 'a key that only our jobs have';
const signed = { 'ledger-key': key };
const repository = `${demo.github.owner}/${demo.github.repository}`;

/** As anybody may who may write deployments. */
async function forge(cloud: Cloud, id: string | undefined, description: string): Promise<void> {
  const body = { state: 'success', description };
  const path = `/repos/${repository}/deployments/${id}/statuses`;
  await cloud.service(github).handle(githubRequest('POST', path, { token: demo.github.token, body }));
}

describe('records that are signed', () => {
  it('choose a rollback’s target, and what anybody wrote beside them is shown and does not', async () => {
    const forced = { force: 'older-than-live', 'override-reason': 'a' };
    const good = await shop.deploy({ ...signed, image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    const doubtful = await shop.deploy({
      ...signed,
      ...forced,
      image: images.v2ErrorBody,
    });
    await shop.deploy({ ...signed, ...forced, image: images.v2Stale }, { sha: commits.v1 });
    await forge(shop.stage.cloud, doubtful.main.outputs['ledger-id'], 'belay/1 verdict pass');
    const result = await shop.rollback({ ...signed, checks: shopChecks });
    expect(ended(result)).toBe('restored/verified, serving old');
    const why = 'its verdict `pass` is not signed with `ledger-key`';
    expect(candidates(result)).toEqual([`v3: never verified: it ran without checks; ${why}`, 'v2: taken']);
    expect(logOf(result)).toContain(`v3: ${why}`);
    expect(result.main.summary).toContain('| Records | signed with `ledger-key` |');
    expect(annotations(result)).toEqual([
      `warning: The record ${doubtful.main.outputs['ledger-id']} holds what decides nothing, since \`ledger-key\` does not prove who wrote it: verdict pass (unsigned). What was written before the key was set counts no more. Where the rest is yours, give every deploy, rollback and smoke test of this service the same \`ledger-key\`; where it is not, see who may write deployments.`,
    ]);
    const records = await recordedDeploys(shop.stage.cloud);
    const facts = records.flatMap(({ statuses }) => statuses.filter((text) => text.includes('belay/1')));
    expect(facts.filter((text) => !/ ~[0-9a-z]{7}[\w-]{22}$/.test(text))).toEqual([
      'success: belay/1 verdict pass',
    ]);
    expect(records.map(({ payload }) => payload)).toEqual(
      records.map(() => expect.objectContaining({ signature: expect.stringMatching(/^[\w-]{22}$/) })),
    );
    expect(logOf(good) + logOf(result)).not.toContain(key);
  });

  it('are not what a restore or a rollback without a key stands on, and the summary says so once', async () => {
    const restored = await shop.deploy({ image: images.v2Error, checks: shopChecks });
    const line = `| Records | believed as they stand: whoever may write deployments in \`${repository}\` could have written them; \`ledger-key\` signs them |`;
    expect(ended(restored)).toBe('restored/checks-failed, serving old');
    expect(restored.main.summary?.split(line)).toHaveLength(2);
    const rehearsed = await shop.rollback({ to: 'previous', 'dry-run': 'true' });
    expect(rehearsed.main.summary).toContain(`whoever may write deployments in \`${repository}\``);
    const kept = await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    expect(kept.main.summary).not.toContain('Records');
  });

  it('are refused a key that is too short, before anything is asked', async () => {
    const result = await shop.deploy({ 'ledger-key': 'hunter2', image: images.v3 });
    expect(ended(result)).toBe('error/input-invalid, serving unknown');
    expect(annotations(result)).toEqual([
      expect.stringContaining(
        '`ledger-key` holds a secret that is too short: line 1 has 7 characters, and 16 are needed at least.',
      ),
    ]);
    expect(shop.mutations()).toEqual([]);
  });
});
