import { describe, expect, it } from 'vitest';
import { demo } from '#local-cloud';
import { closeServers } from '../../core/checks/loopback.ts';
import { postgresServer, rows } from '../../core/checks/postgres-server.ts';
import { ended, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

/** A new release that answers as SHOP_HOSTILE says; each gets an image of its own. */
function hostile(kind: string): string {
  const image = `registry.fly.io/${demo.fly.app}:hostile-${kind}`;
  const env = { VERSION: 'v2', SHOP_HOSTILE: kind };
  shop.stage.cloud.images.put(image, { app: 'shop', env, labels: {} });
  return image;
}

/** Twice 3 s of a processor, which others may share, are part of it. */
const limits = { timeout: '30s', 'restore-timeout': '20s' };
/** What both limits and the slack the README promises come to. */
const mostMs = 55_000;

const large = Array.from(
  { length: 16 },
  (_, at) => `- { name: large ${at}, http: GET /, expect: { body: { not-contains: "zebra ${at}" } } }`,
);

describe('a release whose answers nobody can use', () => {
  it.each([
    ['a page of a million open tags', 'nested', '- { name: home, assets: / }'],
    ['a page of tags that never close', 'unclosed', '- { name: home, assets: / }'],
    ['four hundred encodings', 'encodings', '- { name: home, http: GET /, expect: { status: 200 } }'],
    [
      'another protocol, which nobody asked for',
      'switched',
      '- { name: home, http: GET /, expect: { status: 200 } }',
    ],
    ['headers, and then the end', 'cut', '- { name: home, http: GET /, expect: { status: 200 } }'],
    [
      'a document larger than any memory, once looked through',
      'swelling',
      '- { name: items, http: GET /api/items, expect: { jsonpath: { "$.items[*]": { count: 2 } } } }',
    ],
    [
      'twenty thousand items for a query that counts them for each',
      'many',
      '- { name: items, http: GET /api/items, expect: { jsonpath: { "$.items[?count($.items[*]) == 2]": { count: 2 } } } }',
    ],
    [
      'a number of a million digits',
      'digits',
      '- { name: items, http: GET /api/items, expect: { jsonpath: { "$.items[0].price": { toFloat: true, lt: 50 } } } }',
    ],
  ])('is taken back, in time: %s', async (_, kind, checks) => {
    const from = performance.now();
    const result = await shop.deploy({ image: hostile(kind), checks, ...limits });
    const ms = performance.now() - from;
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
    expect(ms).toBeLessThan(mostMs);
  });

  it('is judged though sixteen answers of ten megabytes come at once', async () => {
    const from = performance.now();
    const result = await shop.deploy({ image: hostile('large'), checks: large.join('\n'), ...limits });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(performance.now() - from).toBeLessThan(mostMs);
  });

  it('is taken back when its database answers what is no Postgres', async () => {
    const good = rows('42');
    const query: Buffer[] = [...good];
    const database = await postgresServer({ query });
    // From the moment the new version serves, its database claims columns that never come.
    const watch = setInterval(async () => {
      const isNew = (await shop.served()) === 'v2';
      query.splice(0, query.length, ...(isNew ? [Buffer.from('5400000010ffff00', 'hex')] : good));
    }, 100);
    const checks = `- { name: database, postgres: { url: "postgres://app:pw@${database}/shop", query: SELECT n FROM t } }`;
    const from = performance.now();
    const direct = { env: { NO_PROXY: '127.0.0.1' } };
    const result = await shop.deploy({ image: hostile('nothing'), checks, ...limits }, direct);
    clearInterval(watch);
    closeServers();
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(performance.now() - from).toBeLessThan(mostMs);
  });

  it('lets the step be cancelled at once while its answer is judged', async () => {
    const cancelled = new AbortController();
    const { journal } = shop.stage.cloud;
    let at = 0;
    const watch = setInterval(() => {
      const isThere = journal.entries().filter(({ route }) => route === 'uiex.releases.patch').length > 1;
      if (!isThere || at > 0) return;
      at = Date.now() + 2500;
      setTimeout(() => {
        at = Date.now();
        cancelled.abort();
      }, 2500);
    }, 50);
    const checks =
      '- { name: items, http: GET /api/items, expect: { jsonpath: { "$.items[*]": { count: 2 } } } }';
    const result = await shop.deploy(
      { image: hostile('swelling'), checks, ...limits },
      { signal: cancelled.signal },
    );
    clearInterval(watch);
    expect(ended(result)).toBe('cancelled/cancelled, serving new');
    const timeline: readonly { name: string; ended: string }[] = JSON.parse(
      result.main.outputs.timeline ?? '[]',
    );
    const heardMs = Date.parse(timeline.find(({ name }) => name === 'verify')?.ended ?? '') - at;
    process.stdout.write(`cancelled while an answer was judged: heard after ${heardMs} ms\n`);
    expect(heardMs).toBeLessThan(100);
  });
});
