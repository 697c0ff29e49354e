import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionResult } from '#local-runner';
import { proxied } from '../../support/proxied.ts';
import { ended } from '../../support/shop-stage.ts';
import { ShopSystem, shopHost, slowerBy } from '../../support/shop-system.ts';

let system: ShopSystem;
beforeAll(async () => {
  system = await ShopSystem.open();
  cpSync(fileURLToPath(new URL('system.yml', import.meta.url)), join(system.workspace, 'system.yml'));
});
afterAll(() => system.close());

interface Defect {
  readonly name: string;
  plant(): Promise<void>;
  /** Every check that fails, with its reason. */
  readonly failing: Readonly<Record<string, RegExp>>;
  /** Checks that fail when the bad machine of two happens to be asked: a single request proves nothing. */
  readonly byChance?: readonly string[];
}

/** v1 has been looked at through a cache before v2 went out. */
async function oldBuildCached(ignores: readonly ('no-cache' | 'query')[]): Promise<void> {
  await system.begin('v1');
  system.cloud.caches.put({ host: shopHost, seconds: 600, ignores });
  for (const path of ['/', '/version.json']) await proxied(system.cloud, `https://${shopHost}${path}`);
  await system.update('v2');
}

const withShop = (flags: Readonly<Record<string, string>>) => () => system.begin('v2', { shop: flags });
const expired = /certificate .*expired|CERT_HAS_EXPIRED|^days-left: expected at least 14, got -\d+$/;
const anotherBuild = /^body: expected contains "<meta name=.* content=/;
const assetsGone =
  /^image .*\nscript https:\/\/shop\.fly\.dev\/assets\/.*: expected status 200, got status 404/;

const defects: readonly Defect[] = [
  {
    name: 'an old build behind a cache that nobody gets past',
    plant: () => oldBuildCached(['no-cache', 'query']),
    failing: {
      release: /x-cache: HIT: a cache may have answered/,
      home: anotherBuild,
      assets: assetsGone,
    },
  },
  {
    name: 'an old build behind a cache that a new query gets past: it is what users get',
    plant: () => oldBuildCached([]),
    failing: {
      release: /x-cache: HIT: a cache may have answered/,
      home: anotherBuild,
      assets: assetsGone,
    },
  },
  {
    name: 'a missing asset',
    plant: withShop({ SHOP_SCRIPT: 'missing' }),
    failing: { assets: /^script \S+\/assets\/app-\w+\.js: expected status 200, got status 404$/ },
  },
  {
    name: 'the home page under the name of a missing script',
    plant: withShop({ SHOP_SCRIPT: 'fallback' }),
    failing: { assets: /^script \S+: expected a JavaScript type, got 200 with an HTML page/ },
  },
  {
    name: 'a wrong MIME type',
    plant: withShop({ SHOP_SCRIPT: 'mistyped' }),
    failing: { assets: /^script \S+: expected a JavaScript type, got text\/plain$/ },
  },
  {
    name: 'an expired certificate',
    plant: async () => {
      await system.begin('v2');
      system.cloud.certificates.spoil(shopHost, 'expired');
    },
    failing: {
      release: expired,
      home: expired,
      'security headers': expired,
      assets: expired,
      speed: expired,
      certificate: expired,
      live: expired,
      'sign in': expired,
      orders: expired,
    },
  },
  {
    name: 'slow by 20 %',
    plant: withShop(slowerBy(0.2)),
    failing: { speed: /p50 beside the previous release.* expected at most .* got / },
  },
  {
    name: 'one machine of two bad',
    plant: async () => {
      await system.begin('v2');
      await system.update('v2', { SHOP_ROOT_STATUS: '500' }, 1);
    },
    failing: { speed: /^status: expected equals 200, got 500/ },
    byChance: ['home', 'assets', 'security headers'],
  },
  {
    name: 'a refused WebSocket',
    plant: withShop({ SHOP_LIVE: 'refused' }),
    failing: { live: /403/ },
  },
  {
    name: '200 with an error body',
    plant: withShop({ SHOP_ERROR_BODY: 'true' }),
    failing: {
      home: /^body: expected contains .*, got "\{\\"error\\":\\"database is read-only\\"\}"$/,
      assets: /: expected an HTML page, got application\/json$/,
    },
  },
  {
    name: 'a redirect loop',
    plant: withShop({ SHOP_REDIRECT_LOOP: 'true' }),
    failing: { 'sign in': /more than 10 redirects: 302 to https:\/\/shop\.fly\.dev\/(?:login|account)$/ },
  },
  {
    name: 'a missing security header',
    plant: withShop({ SHOP_WITHOUT_HEADER: 'strict-transport-security' }),
    failing: { 'security headers': /^header strict-transport-security: .*, got not found$/ },
  },
  {
    name: 'a database that is down',
    plant: async () => {
      await system.begin('v2');
      await system.stopDatabase();
    },
    failing: { orders: /^status: expected equals 200, got 500/, database: /ECONNREFUSED/ },
  },
  {
    name: 'an unhealthy private service',
    plant: () => system.begin('v2', { worker: { WORKER_HEALTH: 'failing' } }),
    failing: { worker: /^failing: expected is empty, got .*alive is critical/ },
  },
];

describe('one check file', () => {
  it('passes on a good release', async () => {
    await system.begin('v2');
    const result = await system.smoke('system.yml');
    expect({ ended: ended(result), failed: evidenceOf(result) }).toEqual({
      ended: 'pass/verified, serving unknown',
      failed: {},
    });
  });

  it.each(defects)('fails on $name, for that reason', async ({ plant, failing, byChance = [] }) => {
    await plant();
    const result = await system.smoke('system.yml');
    // Whatever else runs on this machine may slow one side down: only where the speed is planted it has to be right.
    const noise = 'speed' in failing ? byChance : [...byChance, 'speed'];
    const failed = Object.entries(evidenceOf(result)).filter(([check]) => !noise.includes(check));
    expect({ ended: ended(result), failed: Object.fromEntries(failed) }).toEqual({
      ended: 'fail/checks-failed, serving unknown',
      failed: Object.fromEntries(
        Object.entries(failing).map(([check, why]) => [check, expect.stringMatching(why)]),
      ),
    });
  });
});

interface JsonCheck {
  readonly name: string;
  readonly outcome: string;
  readonly attempts: readonly {
    readonly summary: string;
    readonly failures: readonly {
      readonly read: string;
      readonly expected: string;
      readonly actual: string;
    }[];
  }[];
}

/** The checks that did not pass, with what their last attempts say. */
function evidenceOf({ main }: ActionResult): Readonly<Record<string, string>> {
  const { checks }: { checks: readonly JsonCheck[] } = JSON.parse(main.outputs.result ?? '{"checks":[]}');
  const bad = checks.filter(({ outcome }) => outcome !== 'pass');
  return Object.fromEntries(
    bad.map(({ name, attempts }) => {
      const { failures = [], summary = '' } = attempts.at(-1) ?? {};
      const lines = failures.map(
        ({ read, expected, actual }) => `${read}: expected ${expected}, got ${actual}`,
      );
      return [name, lines.join('\n') || summary];
    }),
  );
}
