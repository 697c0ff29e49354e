import { describe, expect, it } from 'vitest';
import { commits, fly, github, images } from '#local-cloud';
import { pull, repo, reviewStage } from '../../support/review-stage.ts';
import { annotations, ended, shopChecks } from '../../support/shop-stage.ts';
import { addUnmanagedMachine } from '../../support/unmanaged-machines.ts';

const review = reviewStage();
const closePull = () => review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });

/** What the pull request's page shows: the bodies of all comments. */
const page = async () => (await review.comments()).map(({ body }) => body);

/** The records of the environment, newest first: commit, and the state each is in. */
async function records() {
  review.shop.stage.cloud.service(github).reveal();
  const deployments = await review.github(`GET ${repo}/deployments?environment=pr-7`);
  const rows = [];
  for (const { id, sha, transient_environment: transient } of deployments) {
    const [status] = await review.github(`GET ${repo}/deployments/${id}/statuses`);
    rows.push({ sha, transient, state: status.state, says: status.description });
  }
  return rows;
}

function comment(headline: string, commit: string, run: number): string {
  return `### Review app

${headline}

| address | [pr-7-shop.fly.dev](<https://pr-7-shop.fly.dev>) |
| :--- | :--- |
| commit | \`${commit.slice(0, 7)}\` |
| run | [log and summary](<https://github.com/acme/shop/actions/runs/${run}>) |

<!-- belay review-app pr-7-shop -->
`;
}

describe('a review app beside a machine that nobody manages', () => {
  it('is advised the same in the summary as in the annotation, and no input that it has not', async () => {
    await review.on('opened', { checks: shopChecks });
    const emulator = review.shop.stage.cloud.service(fly);
    const { id } = await addUnmanagedMachine(emulator, { image: images.v1 }, 'pr-7-shop');
    const result = await review.on('synchronize', { image: images.v3 });
    expect(ended(result)).toBe('blocked/unmanaged-machines, serving mixed');
    const [adopt, destroy] = [`fly machine update ${id}`, `fly machine destroy ${id}`];
    const summary = result.main.summary;
    const advice = /^1\. .*$/m.exec(summary.slice(summary.indexOf('### What to do now')))?.[0];
    for (const text of [annotations(result)[0], advice]) {
      expect(text).toContain(adopt);
      expect(text).toContain(
        `or \`${destroy} --app pr-7-shop --force\` to be rid of it. No \`force\` passes this.`,
      );
    }
    expect(result.main.summary + annotations(result)).not.toContain('accept-machines');
  });
});

describe('the life of a review app', () => {
  it('begins with its pull request, follows it, and ends with it', async () => {
    const opened = await review.on('opened', { checks: shopChecks }, { github: { run_id: '1' } });
    expect(ended(opened)).toBe('live/verified, serving new');
    expect(opened.main.outputs).toMatchObject({ 'app-name': 'pr-7-shop', url: 'https://pr-7-shop.fly.dev' });
    expect(annotations(opened)).toEqual([]);
    expect(await review.served()).toBe('v1');
    const first = '✅ The new release is live: fly:pr-7-shop serves v1 (live/verified).';
    expect(await page()).toEqual([comment(first, commits.v1, 1)]);

    await review.push(commits.v3);
    const { journal } = review.shop.stage.cloud;
    const { lastSeq } = journal;
    const updated = await review.on(
      'synchronize',
      { image: images.v3, checks: shopChecks },
      { github: { run_id: '2' } },
    );
    expect(
      journal.entries({ since: lastSeq }).filter(({ service }) => service === 'github').length,
    ).toBeLessThanOrEqual(20);
    expect(ended(updated)).toBe('live/verified, serving new');
    expect(await review.served()).toBe('v3');
    expect(await page()).toEqual([comment(first.replace('v1', 'v2'), commits.v3, 2)]);
    expect(await records()).toEqual([
      { sha: commits.v3, transient: true, state: 'success', says: 'belay/1 verdict pass' },
      {
        sha: commits.v1,
        transient: true,
        state: 'inactive',
        says: 'Another release of this service is live',
      },
    ]);

    await closePull();
    const closed = await review.on('closed');
    expect(ended(closed)).toBe('done/review-app-destroyed, serving nothing');
    expect(review.apps()).toEqual([]);
    expect(await page()).toEqual([
      '### Review app\n\n🧹 Destroyed: the pull request is closed. ' +
        'It is made anew when the pull request is opened again.\n\n<!-- belay review-app pr-7-shop -->\n',
    ]);
    expect(await records()).toMatchObject([
      { state: 'inactive', says: 'Destroyed: the pull request is closed' },
      { state: 'inactive' },
    ]);
  });

  it('begins anew when the pull request is opened again', async () => {
    await review.on('opened');
    await closePull();
    await review.on('closed');
    await review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'open' });
    const reopened = await review.on('reopened', { checks: shopChecks });
    expect(ended(reopened)).toBe('live/verified, serving new');
    expect(await review.served()).toBe('v1');
    expect(await page()).toHaveLength(1);
  });

  it('takes a broken update back, and says so where the address stands', async () => {
    await review.on('opened', { checks: shopChecks });
    await review.push(commits.v3);
    const broken = await review.on('synchronize', { image: images.v2Error, checks: shopChecks });
    expect(ended(broken)).toBe('restored/checks-failed, serving old');
    expect(await review.served()).toBe('v1');
    expect(await page()).toEqual([expect.stringContaining('(restored/checks-failed)')]);
  });

  it('leaves a first deploy that fails to be looked at, and the next one mends it', async () => {
    const broken = await review.on('opened', { image: images.v2Error, checks: shopChecks });
    expect(ended(broken)).toBe('stranded/no-target, serving new');
    expect(await page()).toEqual([expect.stringContaining('(stranded/no-target)')]);
    const mended = await review.on('synchronize', { checks: shopChecks });
    expect(ended(mended)).toBe('live/verified, serving new');
  });

  it('has a part for each service of the repository', async () => {
    const api = await review.on('opened', { service: 'api' });
    const web = await review.on('opened', { service: 'web' });
    expect([api, web].map((result) => result.main.outputs['app-name'])).toEqual([
      'pr-7-shop-api',
      'pr-7-shop-web',
    ]);
    expect(await page()).toHaveLength(2);
  });
});

describe('a pull request that is closed', () => {
  it('ends green when its app is gone already', async () => {
    await review.on('opened');
    const { world } = review.shop.stage.cloud.service(fly);
    const app = world.apps.get('pr-7-shop');
    if (app !== undefined) world.destroyApp(app);
    await closePull();
    const result = await review.on('closed');
    expect(ended(result)).toBe('done/review-app-absent, serving nothing');
    expect(await page()).toEqual([expect.stringContaining('🧹 Destroyed: the pull request is closed.')]);
  });

  it('gets no app from a run that comes late', async () => {
    const github = { event: await review.event('opened') };
    await closePull();
    const result = await review.on('opened', {}, { github });
    expect(ended(result)).toBe('done/pull-request-closed, serving nothing');
    expect(review.apps()).toEqual([]);
    expect(await page()).toEqual([]);
  });

  it('loses the app that outlived it to a run that comes late', async () => {
    const github = { event: await review.event('synchronize') };
    await review.on('opened');
    await closePull();
    const result = await review.on('synchronize', {}, { github });
    expect(ended(result)).toBe('done/review-app-destroyed, serving nothing');
    expect(review.apps()).toEqual([]);
  });

  it('leaves nothing of a deploy that was under way', async () => {
    let closing: Promise<unknown> | undefined;
    const result = await review.on(
      'opened',
      { checks: shopChecks },
      {
        onLine: ({ line }) => {
          if (line.startsWith('✓ home, attempt 1')) closing ??= closePull();
        },
      },
    );
    await closing;
    expect(ended(result)).toBe('done/review-app-destroyed, serving nothing');
    expect(review.apps()).toEqual([]);
  });
});

describe('a run that its pull request has left behind', () => {
  it('does not overwrite the newer commit', async () => {
    const github = { event: await review.event('synchronize') };
    await review.push(commits.v3);
    const result = await review.on('synchronize', {}, { github });
    expect(ended(result)).toBe('blocked/outdated, serving unknown');
    expect(annotations(result)).toEqual([
      'error: outdated: Pull request 7 is at e2930c0, and this run is about 43a3a94. ' +
        'Next: Look at the run of its newest commit. No `force` passes this.',
    ]);
    expect(review.apps()).toEqual([]);
  });
});

describe('a rehearsal', () => {
  it.each([
    ['before there is an app', 'opened', 'It would make the app pr-7-shop in demo, deploy to it'],
    ['of a close', 'closed', 'Pull request 7 is closed: There is nothing to destroy.'],
  ] as const)('changes nothing: %s', async (_, action, line) => {
    if (action === 'closed') await closePull();
    const { lastSeq } = review.shop.stage.cloud.journal;
    const result = await review.on(action, { 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving unknown');
    expect(result.job.summary).toContain(line);
    expect(review.shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });
});
