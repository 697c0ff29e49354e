import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { readModule } from '../../../packages/core/src/checks/types/assets/read-module.ts';
import type { File, Site } from './asset-site.ts';
import { pageOf, script, strictSiteOf } from './asset-site.ts';
import { check, closeServers } from './loopback.ts';

afterEach(closeServers);

const js = (body: string): File => ({ ...script, body });
const inline = (code: string) => `<script type=module>${code}</script>`;

/** What is asked for a page that holds `html`, and what is wrong; what `files` does not have is a 404. */
async function looked(html: string, files: Site = {}, more = '') {
  const asked: string[] = [];
  const url = await strictSiteOf({ '/': pageOf(html), ...files }, asked);
  const report = await check(`- name: page\n  assets: { url: "${url}/"${more} }`);
  const failures = report.results[0]?.attempts.at(-1)?.failures ?? [];
  return {
    failures: failures.map((one) => `${one.read}: ${one.expected}: ${one.actual}`.replaceAll(url, '')),
    asked: asked.slice(1).map((one) => one.replace('GET ', '')),
  };
}

describe('a module is missed', () => {
  it.each<[string, string, Site]>([
    ['imported in the page', inline('import "/x.js"'), {}],
    ['imported in the page, relative to its base', `<base href=/y/>${inline('import a from "../x.js"')}`, {}],
    ['imported by a module', '<script type=module src=/a.js></script>', { '/a.js': js('import "./x.js"') }],
    [
      'passed on by a module',
      '<script type=module src=/a.js></script>',
      { '/a.js': js('export * from "/x.js"') },
    ],
    [
      'imported by one that is imported',
      inline('import "/b/a.js"'),
      { '/b/a.js': js('import "./c/d.js"'), '/b/c/d.js': js('import {e} from "../../x.js"') },
    ],
    [
      'imported by one that is loaded ahead',
      '<link rel=modulepreload href=/a.js>',
      { '/a.js': js('import "/x.js"') },
    ],
    [
      'imported by one that an import map names',
      `<script type=importmap>{"imports":{"a":"/a.js"}}</script>${inline('import "a"')}`,
      { '/a.js': js('import "/x.js"') },
    ],
    [
      'named by the prefix of an import map',
      `<script type=importmap>{"imports":{"lib/":"/"}}</script>${inline('import "lib/x.js"')}`,
      {},
    ],
    [
      'named by an import map in place of another address',
      `<script type=importmap>{"imports":{"/a.js":"/x.js"}}</script>${inline('import "/a.js"')}`,
      {},
    ],
    ['imported later than it runs', inline('import defer * as a from "/x.js"'), {}],
    ['whose name has an escape', inline(String.raw`import "/\u0078.js"`), {}],
  ])('that is %s', async (_, html, files) => {
    expect((await looked(html, files)).failures).toEqual(['script /x.js: status 200: status 404']);
  });

  it('that an import map names for one part of the site', async () => {
    const map = {
      imports: { a: '/a.js' },
      scopes: { '/old/': { a: '/b.js' }, '/old/er/': { a: '/x.js' } },
    };
    const html = `<script type=importmap>${JSON.stringify(map)}</script>${inline('import "/old/er/m.js"')}`;
    const files = { '/a.js': script, '/b.js': script, '/old/er/m.js': js('import "a"') };
    expect((await looked(html, files)).failures).toEqual(['script /x.js: status 200: status 404']);
  });

  it.each<[string, string, string]>([
    ['data', 'import a from "/x" with { type: "json" }', 'JSON module /x: status 200: status 404'],
    ['a style sheet', 'import a from "/x" with { type: "css" }', 'style /x: status 200: status 404'],
    ['a program', 'import source a from "/x"', 'asset /x: status 200: status 404'],
  ])('that is %s', async (_, code, failure) => {
    expect((await looked(inline(code))).failures).toEqual([failure]);
  });

  it('by what a browser says of a name that nothing explains', async () => {
    const files = { '/a.js': js('import "vue"') };
    expect(
      (await looked(`${inline('import "react"')}<script type=module src=/a.js></script>`, files)).failures,
    ).toEqual([
      'module in the page: imports by address: imports "react", a name that no import map knows',
      'script /a.js: imports by address: imports "vue", a name that no import map knows',
    ]);
  });
});

describe('a module is not looked for', () => {
  const a = { '/a.js': script };
  it.each<[string, string]>([
    ['that is imported when it is wanted', inline('import "/a.js"; const b = () => import("/x.js")')],
    [
      'in a comment or a text',
      inline('import "/a.js"; /* import "/x.js" */ // import "/x.js"\n"import \'/x.js\'"'),
    ],
    ['in a template of text', inline('import "/a.js"; `import "/x.js"`; /import "\\/x.js"/')],
    ['in a script that is no module', '<script src=/a.js></script><script>import "/x.js"</script>'],
    ['in a template', `<script src=/a.js></script><template>${inline('import "/x.js"')}</template>`],
    ['in what cannot be read', `<script src=/a.js></script>${inline('import { from "/x.js"')}`],
    ['elsewhere', inline('import "/a.js"; import "https://cdn.test/x.js"')],
    ['of data', inline('import "/a.js"; import "data:text/javascript,1"')],
  ])('%s', async (_, html) => {
    expect(await looked(html, a)).toEqual({ failures: [], asked: ['/a.js'] });
  });
});

describe('modules', () => {
  it('are asked for once, however they import each other', async () => {
    const files = { '/a.js': js('import "/b.js"'), '/b.js': js('import "/a.js"; import "/b.js"') };
    expect(await looked(inline('import "/a.js"'), files)).toEqual({
      failures: [],
      asked: ['/a.js', '/b.js'],
    });
  });

  it('are asked for whole though only headers are wanted of the rest', async () => {
    const files = { '/a.js': js('import "/b.js"'), '/b.js': script };
    const { asked } = await looked(inline('import "/a.js"'), files, ', head: true');
    expect(asked).toEqual(['/a.js', '/b.js']);
  });

  it('are held to the integrity that an import map gives', async () => {
    const digest = (body: string) => `sha256-${createHash('sha256').update(body).digest('base64')}`;
    const map = { imports: { a: '/a.js' }, integrity: { '/a.js': digest('other') } };
    const html = `<script type=importmap>${JSON.stringify(map)}</script>${inline('import "a"')}`;
    expect((await looked(html, { '/a.js': script })).failures).toEqual([
      `script /a.js: integrity ${digest('other')}: ${digest('run()')}`,
    ]);
  });

  it('that are something else at first are judged as modules as well', async () => {
    const files = {
      '/a.js': js('import "/x"; import "/y"'),
      '/x': { type: 'text/html', body: '<p>' },
      '/y': { type: 'text/javascript', body: 'import "/z"' },
    };
    const html = `<link rel=preload as=fetch href=/x><script src=/y></script>${inline('import "/a.js"')}`;
    expect((await looked(html, files)).failures).toEqual([
      'script /x: a JavaScript type: 200 with an HTML page (text/html): the file is likely missing',
      'script /z: status 200: status 404',
    ]);
  });

  it.each([
    ['braces', '{'.repeat(5_000_000)],
    ['imports', 'import "/a";'.repeat(500_000)],
    ['texts that do not end', '`${'.repeat(2_000_000)],
  ])('of a million %s are read at once', async (_, text) => {
    const from = performance.now();
    await readModule(text);
    expect(performance.now() - from).toBeLessThan(3000);
  });
});
