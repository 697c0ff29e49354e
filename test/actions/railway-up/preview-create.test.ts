import { describe, expect, it } from 'vitest';
import { demo } from '#local-cloud';
import { previewStage } from '../../support/preview-stage.ts';
import { homeCheck } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const preview = previewStage('create');
const checks = homeCheck;
const broken = { version: 'v3', settings: { SHOP_ROOT_STATUS: '500' } };

/** The one environment that is made here, and the host of `web` in it. */
const own = () => {
  const [name = 'none'] = preview.environments();
  return { name, host: `web-${name}.up.railway.app` };
};

describe('the life of a preview that is made here', () => {
  it('begins with its pull request, follows it, and ends with it', async () => {
    const opened = await preview.on('opened', { checks });
    expect(ended(opened), logOf(opened)).toBe('live/verified, serving new');
    const { name, host } = own();
    expect([preview.environments().length, await preview.served(host)]).toEqual([1, 'v2']);
    expect(name).toMatch(/^shop-pr-7-[0-9a-f]{8}$/);
    expect(opened.main.outputs.url).toBe(`https://${host}`);
    expect(await preview.page()).toEqual([
      expect.stringMatching(/^### Preview\n\n✅ .*\(live\/verified\)\.\n\n\| address \| \[web-shop-pr-7-/),
    ]);
    expect(preview.shop.mutations()).toEqual(['graphql.environmentCreate', 'upload']);

    expect(annotations(opened)).toContainEqual(
      expect.stringMatching(/^warning: This preview is a copy of production with all its variables: /),
    );

    preview.checkOut({ version: 'v3' });
    const updated = await preview.on('synchronize', { checks });
    expect([ended(updated), await preview.served(host)]).toEqual(['live/verified, serving new', 'v3']);
    expect([preview.environments(), (await preview.page()).length]).toEqual([[name], 1]);

    await preview.closePull();
    const closed = await preview.on('closed');
    expect(ended(closed), logOf(closed)).toBe('done/preview-removed, serving nothing');
    expect(preview.environments()).toEqual([]);
    expect(await preview.page()).toEqual([
      expect.stringContaining('🧹 Removed: the pull request is closed. It is made anew when'),
    ]);
    expect(await preview.shop.served()).toBe('v1');
  });

  it('takes a broken update back, and says so where the address stands', async () => {
    await preview.on('opened', { checks });
    preview.checkOut(broken);
    const result = await preview.on('synchronize', { checks });
    expect([ended(result), await preview.served(own().host)]).toEqual([
      'restored/checks-failed, serving old',
      'v2',
    ]);
    expect(await preview.page()).toEqual([expect.stringContaining('(restored/checks-failed)')]);
  });

  it('leaves a first deploy that fails to be looked at, and the next one mends it', async () => {
    preview.checkOut(broken);
    const result = await preview.on('opened', { checks });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(await preview.page()).toEqual([expect.stringContaining('(stranded/no-target)')]);
    preview.checkOut({ version: 'v2' });
    expect(ended(await preview.on('synchronize', { checks }))).toBe('live/verified, serving new');
  });
});

describe('an environment is made once', () => {
  it('where the answer is lost', async () => {
    const { faults } = preview.shop.stage.cloud;
    faults.add({ route: 'graphql.environmentCreate', nth: 1, kind: 'reset-after' });
    const result = await preview.on('opened', { checks });
    expect([ended(result), preview.environments().length]).toEqual(['live/verified, serving new', 1]);
  });

  it('or not at all, where Railway was not reached: that is said, also on the page, and the next run makes it', async () => {
    const { faults } = preview.shop.stage.cloud;
    faults.add({ route: 'graphql.environmentCreate', nth: 1, kind: 'reset-before' });
    const result = await preview.on('opened', { checks });
    expect([ended(result), preview.environments()]).toEqual([
      'error/platform-unreachable, serving unknown',
      [],
    ]);
    expect(preview.shop.entries('graphql.environmentCreate').length).toBe(1);
    expect(await preview.page()).toEqual([expect.stringContaining('(error/platform-unreachable)')]);
    expect(ended(await preview.on('reopened', { checks }))).toBe('live/verified, serving new');
  });

  it('by two runs at once', async () => {
    const both = await Promise.all([preview.on('opened', { checks }), preview.on('reopened', { checks })]);
    expect(both.map(ended)).toEqual(Array(2).fill('live/verified, serving new'));
    expect(preview.environments()).toEqual([expect.stringMatching(/^shop-pr-7-/)]);
  });

  it('gets a domain where the service it is a copy of has one, and no second one', async () => {
    const [web] = preview.shop.railway.world.instances();
    const [domain] = web?.domains ?? [];
    if (domain !== undefined)
      web?.domains.splice(0, 1, { ...domain, domain: 'shop.example.com', kind: 'custom' });
    const first = await preview.on('opened', { checks });
    const second = await preview.on('synchronize', { checks });
    expect([ended(first), ended(second)]).toEqual(Array(2).fill('live/verified, serving new'));
    expect(preview.shop.entries('graphql.serviceDomainCreate').length).toBe(1);
  });
});

describe('what is refused', () => {
  it('a project token, at once and by name', async () => {
    const result = await preview.on('opened', { 'railway-token': demo.railway.token });
    expect(ended(result)).toBe('error/token-kind, serving unknown');
    expect(annotations(result)).toEqual([
      'error: token-kind: `railway-token` is a project token, bound to the environment production. A pull request has an environment of its own, which no project token reaches that was made before it. Next: Create a token for the workspace in the account’s settings, under Tokens, and store it as the secret this job reads.',
    ]);
    expect(preview.shop.mutations()).toEqual([]);
  });

  it('bad combinations, all at once', async () => {
    const result = await preview.on('opened', {
      mode: 'watch',
      environment: 'staging',
      commit: 'a'.repeat(40),
    });
    const said = logOf(result);
    expect(said).toContain('`mode: watch` has no meaning with `preview: create`');
    expect(said).toContain('`environment` has no meaning with `preview`');
    expect(said).toContain('`commit` has no meaning with `preview`');
  });

  it('a run of a fork ends green, and is told that it has no secrets', async () => {
    const pullRequest = await preview.github('GET /repos/acme/shop/pulls/7');
    const head = { ...pullRequest.head, repo: { ...pullRequest.head.repo, full_name: 'eve/shop' } };
    const event = { action: 'opened', number: 7, pull_request: { ...pullRequest, head } };
    const result = await preview.on('opened', { 'railway-token': '' }, { github: { event } });
    expect(ended(result)).toBe('done/fork, serving unknown');
    expect(result.main.exitCode).toBe(0);
    expect(preview.shop.mutations()).toEqual([]);
  });

  it('a run that its pull request has left behind', async () => {
    const pullRequest = await preview.github('GET /repos/acme/shop/pulls/7');
    await preview.closePull();
    const event = { action: 'opened', number: 7, pull_request: pullRequest };
    const result = await preview.on('opened', {}, { github: { event } });
    expect(ended(result)).toBe('done/pull-request-closed, serving nothing');
    expect(preview.environments()).toEqual([]);
  });
});

describe('a rehearsal', () => {
  it('makes nothing', async () => {
    const result = await preview.on('opened', { 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving unknown');
    expect(result.job.summary).toMatch(
      /It would make the environment `shop-pr-7-[0-9a-f]{8}`, a copy of production/,
    );
    expect(preview.shop.mutations()).toEqual([]);
  });
});
