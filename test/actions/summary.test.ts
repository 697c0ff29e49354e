import { expect, it } from 'vitest';
import { images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../support/shop-stage.ts';

const shop = shopStage();

/** What a broken, or a hostile, application may write into its log. */
const hostile = [
  '::error::pwned',
  '##[error]pwned',
  '::add-mask::s',
  '::stop-commands::pwned',
  '</pre></details><img src=x onerror=pwned()>',
  '| a | table | ``` @acme/owners',
  '\u001b[31mred\u001b[2J',
].join('\n');

it('neither the log nor the summary of a deploy can be changed by what the application wrote', async () => {
  const { ref } = shop.stage.cloud.images.put('registry.fly.io/shop:hostile', {
    app: 'shop',
    env: { VERSION: 'v2', SHOP_SAYS: hostile, SHOP_CRASH_AT_START: 'true' },
    labels: {},
  });
  const result = await shop.deploy({ image: ref, checks: shopChecks });
  expect(ended(result)).toBe('restored/crashed, serving old');
  expect(annotations(result)).toHaveLength(1);
  expect(annotations(result)[0]).toMatch(/^error: crashed: /);
  const commands = logOf(result)
    .split('\n')
    .filter((line) => /^\s*::|##\[(?!group|endgroup|error\]crashed)/.test(line));
  expect(commands).toEqual([]);
  expect(logOf(result)).toMatch(/^: :error::pwned$/m);
  expect(logOf(result)).not.toContain('\u001b');

  const { summary } = result.job;
  expect(summary).not.toMatch(/<(?!\/?(?:details|summary|pre)>|https:)/);
  expect(summary).not.toContain('\u001b');
  expect(summary.match(/<details\b/g)).toHaveLength(summary.match(/<\/details>/g)?.length ?? 0);
  expect(summary.match(/^<pre>[\s\S]*?<\/pre>$/gm)).toHaveLength(1);
});

it('the summary of a deploy is Markdown whose tables are whole, with what serves first, then the cause, the evidence and the timeline', async () => {
  const result = await shop.deploy({ image: images.v2Error, checks: shopChecks });
  const { summary } = result.job;
  const tables = summary.split('\n\n').filter((part) => part.startsWith('|'));
  for (const table of tables) {
    const columns = table.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length);
    expect(new Set(columns).size).toBe(1);
  }
  expect(summary).toContain(
    [
      '## ↩️ Taken back: fly:shop serves v3 (v1 again) (restored/checks-failed).',
      '| Serves now | **v3 (v1 again)** |',
    ].join('\n\n'),
  );
  expect(summary).toContain(
    [
      '### The check that failed: home',
      '`GET https://shop.fly.dev/ → 500`',
      '- status: expected equals 200, got 500',
      'The answer began:',
      '```\n<!doctype html>\n<html lang="en">\n',
    ].join('\n\n'),
  );
  expect(summary).toMatch(/^ {4}\S+Z GET \/ 500/m);
  expect(summary).toMatch(/^\| \d\d:\d\d \| restore \| \S+ s \| v3 \|$/m);
  const rows = summary.match(/^ {2}[\w -]+ :(?:crit, )?s\d+, \d\d:\d\d:[\d.]+, \d+ms$/gm);
  expect(rows).toHaveLength(steps(result).length);
});
