import { beforeEach, describe, expect, it } from 'vitest';
import { commits, demo, github } from '#local-cloud';
import type { LogLine } from '#local-runner';
import { connectSite, previewStage, railwayPull } from '../../support/preview-stage.ts';
import { homeCheck } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const preview = previewStage('true');
const checks = homeCheck;
const host = 'web-shop-pr-7.up.railway.app';
const broken = { version: 'broken', settings: { SHOP_ROOT_STATUS: '500' } };

/** Railway hears of the pull request, and makes its environment. */
const webhook = (how?: { readonly without: readonly string[] }) =>
  preview.shop.railway.openPullRequest(railwayPull, commits.v1, 'site', how);

/** Does something once, when a line is printed that begins so. */
function once(line: string, then: () => Promise<unknown>) {
  const done: Promise<unknown>[] = [];
  return {
    onLine: (printed: LogLine) =>
      void (done.length === 0 && printed.line.startsWith(line) && done.push(then())),
  };
}

describe('the environment that Railway makes for a pull request', () => {
  beforeEach(() => connectSite(preview.shop.railway));

  it('is waited for, proved at the newest commit, told once and kept told, until it is closed', async () => {
    const opened = await preview.on('opened', { checks }, once('Looking for the environment', webhook));
    expect(ended(opened), logOf(opened)).toBe('live/verified, serving new');
    expect([opened.main.outputs.url, await preview.served(host)]).toEqual([`https://${host}`, 'v1']);
    expect(await preview.page()).toEqual([
      expect.stringMatching(
        /^### Preview\n\n✅ .*\(live\/verified\)\.\n\n\| address \| \[web-shop-pr-7\.up\.railway\.app\]/,
      ),
    ]);

    await preview.push(commits.v3);
    await preview.shop.railway.push('acme/shop', commits.v3);
    const updated = await preview.on('synchronize', { checks });
    expect([ended(updated), await preview.served(host)], logOf(updated)).toEqual([
      'live/verified, serving new',
      'v3',
    ]);
    expect(await preview.page()).toEqual([
      expect.stringContaining(`| commit | \`${commits.v3.slice(0, 7)}\` |`),
    ]);

    await preview.closePull();
    await preview.shop.railway.closePullRequest(railwayPull);
    const closed = await preview.on('closed');
    expect(ended(closed)).toBe('done/preview-removed, serving nothing');
    expect(await preview.page()).toEqual([expect.stringContaining('🧹 Gone: the pull request is closed.')]);
    expect(preview.shop.mutations()).toEqual([]);
    preview.shop.stage.cloud.service(github).reveal();
    const [record] = await preview.github('GET /repos/acme/shop/deployments?environment=pr-7');
    const [status] = await preview.github(`GET /repos/acme/shop/deployments/${record.id}/statuses`);
    expect(status).toMatchObject({ state: 'inactive', description: 'Gone: the pull request is closed' });
  });

  it('is not said to be gone where Railway does not say whose the one is that has its name', async () => {
    await webhook();
    await preview.closePull();
    const patch = { data: { environment: { meta: null } } };
    preview.shop.stage.cloud.faults.add({
      ...{ service: 'railway', route: 'graphql.environment', kind: 'wrong', patch },
    });
    const closed = await preview.on('closed', { checks });
    expect([ended(closed), annotations(closed)]).toEqual([
      'done/pull-request-closed, serving unknown',
      [
        'warning: Railway has an environment shop-pr-7, and does not say whose it is: it may be the preview of pull request 7. Look at it in Railway’s dashboard, and delete it if it is.',
      ],
    ]);
  });

  it('is not waited for any longer by a job that is cancelled, and nothing was changed', async () => {
    const cancel = new AbortController();
    const cut = once('Looking for the environment', async () => cancel.abort());
    const result = await preview.on('opened', { checks }, { signal: cancel.signal, ...cut });
    expect(ended(result)).toBe('cancelled/cancelled, serving unknown');
    expect([preview.shop.mutations(), await preview.page()]).toEqual([[], []]);
  });

  it('of another repository with the same number is none of this one', async () => {
    await preview.shop.railway.openPullRequest({ ...railwayPull, repo: 'eve/shop' }, commits.v1, 'site');
    const result = await preview.on('opened', { checks, timeout: '8s' });
    expect(ended(result)).toBe('error/environment-not-made, serving unknown');
  });
});

describe('a preview that fails', () => {
  it('at its first deploy stays to be looked at, and the page says so', async () => {
    connectSite(preview.shop.railway, { at: { [commits.v1]: broken } });
    await webhook();
    const result = await preview.on('opened', { checks });
    expect(ended(result), logOf(result)).toBe('stranded/no-target, serving new');
    expect(await preview.page()).toEqual([expect.stringContaining('(stranded/no-target)')]);
  });

  it('at a later one is taken back', async () => {
    connectSite(preview.shop.railway, { at: { [commits.v3]: broken } });
    await webhook();
    await preview.on('opened', { checks });
    await preview.push(commits.v3);
    await preview.shop.railway.push('acme/shop', commits.v3);
    const result = await preview.on('synchronize', { checks });
    expect([ended(result), await preview.served(host)], logOf(result)).toEqual([
      'restored/checks-failed, serving old',
      'v1',
    ]);
    expect(await preview.page()).toEqual([expect.stringContaining('(restored/checks-failed)')]);
  });
});

describe('what Railway has not made is named, on the page too', () => {
  it.each([
    ['PR environments are off', { prDeploys: false }, 'User', 'Switch on PR environments'],
    [
      'none are made for bots',
      { botPrEnvironments: false },
      'Bot',
      'Switch on bot PR environments in the project’s settings',
    ],
    ['nobody told Railway', { botPrEnvironments: true }, 'Bot', 'connect the service to acme/shop'],
  ])('where %s', async (_, settings, type, advice) => {
    connectSite(preview.shop.railway, settings);
    const pullRequest = await preview.github('GET /repos/acme/shop/pulls/7');
    const event = {
      ...{ action: 'opened', number: 7 },
      pull_request: { ...pullRequest, user: { ...pullRequest.user, type } },
    };
    const result = await preview.on('opened', { checks, timeout: '8s' }, { github: { event } });
    expect(ended(result)).toBe('error/environment-not-made, serving unknown');
    expect(annotations(result).join('\n')).toContain(advice);
    expect(await preview.page()).toEqual([expect.stringContaining('(error/environment-not-made)')]);
  });

  it('where a focused environment leaves the service out', async () => {
    connectSite(preview.shop.railway, { focusedPrEnvironments: true });
    await webhook({ without: ['web'] });
    const result = await preview.on('opened', { checks, timeout: '8s' });
    expect(ended(result)).toBe('error/service-left-out, serving unknown');
    expect(annotations(result).join('\n')).toContain('Switch off focused PR environments');
  });
});

describe('what is refused before anything is waited for', () => {
  it('a project token', async () => {
    connectSite(preview.shop.railway);
    const result = await preview.on('opened', { 'railway-token': demo.railway.token });
    expect(ended(result)).toBe('error/token-kind, serving unknown');
  });

  it('an event that is about no pull request', async () => {
    const result = await preview.on('opened', {}, { github: { event_name: 'push', event: {} } });
    expect(logOf(result)).toMatch(/about no pull request|tells nothing/);
    expect(preview.shop.mutations()).toEqual([]);
  });
});
