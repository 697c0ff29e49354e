import { afterEach, describe, expect, it } from 'vitest';
import type { MayLack } from '../../../packages/core/src/checks/types/check-type.ts';
import type { File, Site } from './asset-site.ts';
import { image, pageOf, script, strictSiteOf } from './asset-site.ts';
import type { CheckOptions } from './loopback.ts';
import { check, closeServers } from './loopback.ts';

afterEach(closeServers);

const types: Readonly<Record<string, File>> = {
  js: script,
  css: { type: 'text/css', body: 'p{}' },
  png: image,
};

/** A page that names all of `names`, of which `missing` are not there. */
function siteWith(names: readonly string[], missing: readonly string[]): Site {
  const tags = names.map((name) =>
    name.endsWith('.js')
      ? `<script src=/${name}></script>`
      : name.endsWith('.css')
        ? `<link rel=stylesheet href=/${name}>`
        : `<img src=/${name}>`,
  );
  const files = names
    .filter((name) => !missing.includes(name))
    .map((name) => [`/${name}`, types[name.split('.').at(-1)?.split('?')[0] ?? ''] ?? image] as const);
  return { '/': pageOf(tags.join('')), ...Object.fromEntries(files) };
}

async function look(files: Site, mayLack: MayLack | undefined, more = '', options: CheckOptions = {}) {
  const url = await strictSiteOf(files);
  const text = `- name: page\n  assets: { url: "${url}/"${more} }`;
  const report = await check(text, { mayLack: () => mayLack, ...options });
  const [result] = report.results;
  const told = (line: string) => line.replaceAll(url, '');
  return {
    outcome: report.outcome,
    failures: result?.attempts.at(-1)?.failures.map(({ read }) => told(read)) ?? [],
    warnings: result?.warnings?.map(({ message }) => told(message)) ?? [],
    lacking: result?.lacking,
  };
}

/** A look at what served before, then one at what serves now: outcome, failures and warnings of the second. */
async function afterwards(before: Site, now: Site, more = '') {
  const { lacking } = await look(before, 'anything', more, { mode: 'once' });
  const { lacking: _, ...rest } = await look(now, lacking ?? [], more);
  return rest;
}

const font = 'image /f.png';
const asBefore = `${font}: expected status 200, got status 404: so it was before the change`;

describe('what a page lacks', () => {
  const names = ['a.js', 'f.png', 'g.png'];

  it('decides nothing where it is only looked at, but is told', async () => {
    const { lacking, ...rest } = await look(siteWith(names, ['f.png']), 'anything');
    expect(rest).toEqual({
      outcome: 'pass',
      failures: [],
      warnings: [`${font}: expected status 200, got status 404: no script and no style sheet`],
    });
    expect(lacking).toEqual([expect.stringMatching(/^[\w-]{16}$/)]);
  });

  it('counts where nothing was looked at before', async () => {
    expect(await look(siteWith(names, ['f.png']), undefined)).toMatchObject({
      outcome: 'fail',
      failures: [font],
    });
  });

  it('is a warning where it lacked it before', async () => {
    const site = siteWith(names, ['f.png']);
    expect(await afterwards(site, site)).toEqual({ outcome: 'pass', failures: [], warnings: [asBefore] });
  });

  it('counts where it lacks something else as well', async () => {
    expect(await afterwards(siteWith(names, ['f.png']), siteWith(names, ['f.png', 'g.png']))).toEqual({
      outcome: 'fail',
      failures: ['image /g.png'],
      warnings: [asBefore],
    });
  });

  it('counts where its address is a new one', async () => {
    const now = siteWith(['a.js', 'f-2.png'], ['f-2.png']);
    expect(await afterwards(siteWith(['a.js', 'f-1.png'], ['f-1.png']), now)).toMatchObject({
      outcome: 'fail',
      failures: ['image /f-2.png'],
    });
  });

  it.each([
    ['a script', 'a.js', 'script /a.js'],
    ['a style sheet', 'a.css', 'style /a.css'],
  ])('always counts where it is %s', async (_, name, failure) => {
    const site = siteWith([name, 'f.png'], [name]);
    expect(await look(site, 'anything', '', { mode: 'once' })).toMatchObject({
      outcome: 'fail',
      failures: [failure],
    });
    expect(await afterwards(site, site)).toMatchObject({ outcome: 'fail', failures: [failure] });
  });

  it('is wrong in any way: another status, another type, an empty file', async () => {
    const before = siteWith(names, ['f.png', 'g.png']);
    const now = {
      ...siteWith(names, []),
      '/f.png': { status: 500 },
      '/g.png': { type: 'text/html', body: '<!doctype html>' },
    };
    const { outcome, warnings } = await afterwards(before, now);
    expect([outcome, warnings.length]).toEqual(['pass', 2]);
  });

  it('is known though it stands at another origin, as of a release that takes no traffic yet', async () => {
    const site = siteWith(names, ['f.png']);
    // Each site of the test is an origin of its own.
    expect(await afterwards(site, site)).toMatchObject({ outcome: 'pass' });
  });

  it('may be what was not looked at before, beyond the limit', async () => {
    const many = ['a.js', 'f.png', 'g.png', 'h.png'];
    const before = siteWith(many, ['h.png']);
    const now = siteWith(['a.js', 'h.png', 'f.png', 'g.png'], ['h.png']);
    expect(await afterwards(before, now, ', limit: 2')).toMatchObject({ outcome: 'pass', failures: [] });
  });

  it('may be an address that is none', async () => {
    const site = { '/': pageOf('<script src=/a.js></script><img src="http://[">'), '/a.js': script };
    expect(await afterwards(site, site)).toEqual({
      outcome: 'pass',
      failures: [],
      warnings: ['asset "http://[": expected an address, got no address: so it was before the change'],
    });
  });

  it('may be behind the challenge of an edge, which alone is no verdict', async () => {
    const challenged = {
      ...siteWith(names, []),
      '/f.png': { status: 403, headers: { 'cf-mitigated': 'challenge' } },
    };
    expect(await afterwards(challenged, challenged)).toMatchObject({
      outcome: 'pass',
      warnings: [expect.stringContaining('cf-mitigated: challenge')],
    });
    expect(await afterwards(siteWith(names, []), challenged)).toMatchObject({
      outcome: 'error',
      failures: [font],
    });
  });

  it('is told with twenty lines at most', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `${at}.png`);
    const site = siteWith(['a.js', ...many], many);
    const { outcome, warnings } = await afterwards(site, site);
    expect([outcome, warnings.length, warnings.at(-1)]).toEqual([
      'pass',
      21,
      '10 more like these: so it was before the change',
    ]);
  });

  it('is remembered up to a thousand', async () => {
    const many = Array.from({ length: 1100 }, (_, at) => `http://[${at}`);
    const html = many.map((address) => `<img src="${address.replace('[', '127.0.0.1:1/')}">`).join('');
    const site = { '/': pageOf(`<script src=/a.js></script>${html}`), '/a.js': script };
    const more = ', origins: ["http://127.0.0.1:1"], limit: 5000';
    const { lacking } = await look(site, 'anything', more, { mode: 'once' });
    expect(lacking).toHaveLength(1000);
  });

  it('is remembered of a step of a scenario, by its name', async () => {
    const url = await strictSiteOf(siteWith(names, ['f.png']));
    const text = `scenarios: [{ name: visit, steps: [{ name: page, assets: "${url}/" }] }]`;
    const { results } = await check(text, { mode: 'once', mayLack: () => 'anything' });
    const [{ name = '', lacking = [] } = {}] = results;
    const again = await check(text, { mayLack: (step) => (step === name ? lacking : undefined) });
    expect([results[0]?.outcome, again.outcome]).toEqual(['pass', 'pass']);
  });

  it('is remembered of samples', async () => {
    const url = await strictSiteOf(siteWith(names, ['f.png']));
    const text = `- { name: page, assets: "${url}/", samples: 3, warmup: 0, expect: { max: { lt: 5s } } }`;
    const first = await check(text, { mode: 'once', mayLack: () => 'anything' });
    const again = await check(text, { mayLack: () => first.results[0]?.lacking });
    expect([first.outcome, again.outcome]).toEqual(['pass', 'pass']);
    expect((await check(text)).outcome).toBe('fail');
  });
});
