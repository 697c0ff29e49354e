import { describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { type PastDeploy, pastDeploys, pastImage } from '../../support/past-deploys.ts';
import { annotations, candidates, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const past = (...deploys: readonly PastDeploy[]) => pastDeploys(shop.stage.cloud, deploys);
const a: PastDeploy = { version: 'a', verdict: 'pass' };
const b: PastDeploy = { version: 'b', verdict: 'fail' };
const c: PastDeploy = { version: 'c', verdict: 'none', commit: commits.v2 };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v3 };

describe('a rollback goes back', () => {
  it('to the last verified release, past those that failed or were never verified', async () => {
    await past(a, b, c, bad);
    const result = await shop.rollback({ checks: shopChecks });
    expect(ended(result)).toBe('restored/verified, serving old');
    expect(await shop.served()).toBe('a');
    expect(candidates(result)).toEqual([
      'v4: never verified',
      'v3: it failed or was taken back',
      'v2: taken',
    ]);
    expect(result.main.outputs).toMatchObject({
      'restored-release': 'v2',
      'previous-release': 'v5',
      release: 'v6',
      'sla-met': 'true',
    });
  });

  it('to the one before, by the platform’s word and not the ledger’s', async () => {
    await past(a, b, c, bad);
    const result = await shop.rollback({ to: 'previous' });
    expect(ended(result)).toBe('restored/platform-only, serving old');
    expect(await shop.served()).toBe('c');
    expect(candidates(result)).toEqual(['v4: taken']);
  });

  it.each<[string, Record<string, string>, string]>([
    ['to an unverified release where that is allowed', { 'allow-unverified': 'true' }, 'v4: taken'],
    ['to a version', { to: 'v2', reason: 'known good' }, 'v2: taken'],
    ['to an image', { to: pastImage('a'), reason: 'known good' }, 'v2: taken'],
    ['to a commit', { to: commits.v2.slice(0, 9), reason: 'known good' }, 'v4: taken'],
    ['even to one that failed, when it is named', { to: 'v3', reason: 'the lesser evil' }, 'v3: taken'],
  ])('%s', async (_, inputs, taken) => {
    await past(a, b, c, bad);
    expect(candidates(await shop.rollback({ ...inputs, 'dry-run': 'true' }))).toEqual([taken]);
  });

  it('past a release whose image the registry has pruned', async () => {
    await past(a, { ...c, verdict: 'pass' }, bad);
    shop.stage.cloud.images.prune(pastImage('c'));
    const result = await shop.rollback({});
    expect(await shop.served()).toBe('a');
    expect(candidates(result)).toEqual([
      expect.stringMatching(/^v3: the registry no longer has registry\.fly\.io\/shop@sha256:\w+$/),
      'v2: taken',
    ]);
  });

  it('once: asked again, it leaves alone what it brought back', async () => {
    await past(a, bad);
    await shop.rollback({ checks: shopChecks });
    const { lastSeq } = shop.stage.cloud.journal;
    const again = await shop.rollback({ checks: shopChecks });
    expect(ended(again)).toBe('unchanged/already-live, serving old');
    expect(await shop.served()).toBe('a');
    expect(shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });
});

describe('a rollback finds no target', () => {
  it('and says so when that is because the records cannot be read', async () => {
    await past(a, bad);
    const result = await shop.rollback({ 'github-token': 'unknown' });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(annotations(result).at(-1)).toContain(
      'There is no older release. The deployment records could not be read, so no verdict is known. `to: previous` would take v2. ' +
        'Next: Give the job the permission `deployments: read`, or run it again with `to: previous`, which takes v2.',
    );
  });

  it('and does not go forward to what was taken back, where the records cannot be read', async () => {
    await past(a, bad);
    await shop.rollback({ checks: shopChecks });
    const { lastSeq } = shop.stage.cloud.journal;
    const result = await shop.rollback({ to: 'previous', 'github-token': 'unknown' });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(await shop.served()).toBe('a');
    const mutations = shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true });
    expect(mutations.filter(({ service }) => service === 'fly')).toEqual([]);
    expect(annotations(result).at(-1)).toBe(
      'error: no-target: ❌ Not rolled back, nothing was changed: fly:shop still serves v4 (stranded/no-target). ' +
        'What serves, v4, may be v2 brought back: both have the same image, and the deployment records, which would tell, ' +
        'cannot be read. What served before it may be what was taken back. ' +
        'Next: Give the job the permission `deployments: read`, or name the release that is wanted, with a `reason`: ' +
        'v3 may be the one that failed.',
    );
  });

  it.each<[string, Record<string, string>, readonly PastDeploy[], string, string?]>([
    [
      'and names what `previous` would take',
      {},
      [c, bad],
      'fly:shop still serves v3 (stranded/no-target). No older release can be taken. `to: previous` would take v2.',
      'Run it again with `to: previous`, which takes v2.',
    ],
    [
      'behind a rollback barrier',
      { to: 'previous' },
      [a, { ...b, barrier: true }, bad],
      'fly:shop still serves v4 (stranded/no-target). No older release can be taken.',
      'Fix forward: an older version cannot run on what this release changed.',
    ],
    [
      'of a commit nobody knows',
      { to: 'c0ffee0c0ffee', reason: 'why not' },
      [bad],
      'fly:shop still serves v2 (stranded/no-target). No release matches the commit c0ffee0c0ffee.',
      'Name the release by its version, or leave `to` at its default.',
    ],
    [
      'of a version nobody knows',
      { to: 'v9', reason: 'why not' },
      [bad],
      'fly:shop still serves v2 (stranded/no-target). No release matches v9.',
      'Name a release that the platform lists, or leave `to` at its default.',
    ],
  ])('%s', async (_, inputs, deploys, said, next = 'Deploy a working version.') => {
    await past(...deploys);
    const result = await shop.rollback(inputs);
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(await shop.served()).toBe('bad');
    expect(shop.mutations('fly')).toEqual([]);
    expect(annotations(result)).toEqual([
      `error: no-target: ❌ Not rolled back, nothing was changed: ${said} Next: ${next}`,
    ]);
  });
});

describe('a rollback is refused', () => {
  it('to an explicit target without a reason, and to what is no target, both at once', async () => {
    const result = await shop.rollback({ to: 'v2' });
    expect(ended(result)).toBe('error/input-invalid, serving unknown');
    expect(annotations(result)).toEqual([
      "error: input-invalid: `to: v2` passes over the ledger's judgement and needs `reason`: one line saying why. " +
        "Next: Correct `reason` in the step's `with:`.",
    ]);
    const unread = await shop.rollback({ to: 'yesterday', sla: 'soon' });
    expect(logOf(unread)).toContain(
      '`to` is "yesterday"; it must be last-verified, previous, a version such as v42, an image with its tag or ' +
        'digest, the id of a deployment on Railway or its first 8 digits, or at least 7 digits of a commit.',
    );
  });
});

describe('a dry run', () => {
  it('prints the candidates, the choice and why, and what would not be undone; and changes nothing', async () => {
    await past(a, b, bad);
    const result = await shop.rollback({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving new');
    expect(shop.mutations()).toEqual([]);
    expect(candidates(result)).toEqual(['v3: it failed or was taken back', 'v2: taken']);
    const told = [
      'fly:shop serves v4; a rollback would go to v2: the newest verified release',
      'Not undone: databases and volumes: they are as the newer release left them',
      'Not undone: secrets: their current values stay',
      'Not undone: a release command: it is not run again, and what it did stays',
    ];
    expect(logOf(result)).toContain(['v3: it failed or was taken back', 'v2: taken', ...told].join('\n'));
    expect(result.job.summary).toContain(`${told[0]}\n\n| Candidate | Made | Verdict |`);
    expect(result.job.summary).toContain(`- ${told[1]}\n- ${told[2]}\n- ${told[3]}\n`);
  });
});
