import { afterEach, describe, expect, it } from 'vitest';
import type { Site } from './asset-site.ts';
import { good, judged, pageOf, script, strictSiteOf, style } from './asset-site.ts';
import { check, closeServers } from './loopback.ts';

afterEach(closeServers);

/** What a check says of a page that holds `html`; what `files` does not have is a 404. */
async function looked(html: string, files: Site = {}, more = '') {
  const asked: string[] = [];
  const url = await strictSiteOf({ '/': pageOf(html), ...files }, asked);
  const report = await check(`- name: page\n  assets: { url: "${url}/"${more} }`);
  const [result] = report.results;
  const told = (text: string) => text.replaceAll(url, '');
  return {
    outcome: report.outcome,
    failures: result?.attempts.at(-1)?.failures.map(({ read }) => told(read)),
    warnings: (result?.warnings ?? []).map(({ message }) => told(message)),
    asked: asked.slice(1).sort(),
  };
}

const there = { '/a.js': script };
const sheet = (body: string) => ({ '/a.css': { ...style, body }, ...there });
const linked = '<link rel=stylesheet href=/a.css>';

describe('what a page loads is missed', () => {
  it.each<[string, string, string]>([
    ['a frame', '<iframe src=/x></iframe>', 'frame /x'],
    ['an object', '<object data=/x></object>', 'frame /x'],
    ['an object that is an image', '<object type=image/svg+xml data=/x></object>', 'image /x'],
    ['what is embedded', '<embed src=/x>', 'frame /x'],
    ['a button that is an image', '<input type=IMAGE src=/x>', 'image /x'],
    ['a sprite', '<svg><use href="/x#a"/></svg>', 'image /x'],
    ['a sprite, as it was named', '<svg><use xlink:href="/x#a"/></svg>', 'image /x'],
    ['an image in a drawing', '<svg><image href=/x /></svg>', 'image /x'],
    ['an image in a filter', '<svg><filter><feImage href=/x /></filter></svg>', 'image /x'],
    ['subtitles', '<video><track src=/x></video>', 'track /x'],
    ['a touch icon', '<link rel=apple-touch-icon href=/x>', 'image /x'],
    ['a touch icon of old', '<link rel=apple-touch-icon-precomposed href=/x>', 'image /x'],
    ['the icon of a pinned tab', '<link rel=mask-icon href=/x color=red>', 'image /x'],
    ['a manifest', '<link rel=manifest href=/x>', 'manifest /x'],
    ['an image of an element', '<p style="background: url(/x)">', 'asset /x'],
    ['one written with entities', '<p style="background: url(&quot;/x&quot;)">', 'asset /x'],
    ['one of several', '<p style="background: image-set(\'/x\' 1x)">', 'asset /x'],
  ])('%s', async (_, html, failure) => {
    const { outcome, failures } = await looked(`<script src=/a.js></script>${html}`, there);
    expect([outcome, failures]).toEqual(['fail', [failure]]);
  });

  it.each<[string, string, string]>([
    ['an image of a style sheet', 'p{background:url(/x)}', 'asset /x'],
    ['one of several', 'p{background:image-set("/x" 1x type("image/png"))}', 'asset /x'],
    ['one of several, as it was named', 'p{background:-webkit-image-set(url(/x) 1x)}', 'asset /x'],
    ['a font', '@font-face{font-family:a;src:url(/x)}', 'font /x'],
    ['a style sheet of a style sheet', '@import url(/x) screen;', 'style /x'],
    ['one in a layer', '@charset "utf-8";@layer a;@import "/x" layer(a);', 'style /x'],
  ])('%s', async (_, css, failure) => {
    const { outcome, failures } = await looked(linked, sheet(css));
    expect([outcome, failures]).toEqual(['fail', [failure]]);
  });

  it('what a style sheet of a style sheet of a style sheet shows', async () => {
    const files = {
      '/a.css': { ...style, body: '@import "css/b.css";' },
      '/css/b.css': { ...style, body: '@import "../a.css"; @import "c.css";' },
      '/css/c.css': { ...style, body: 'p{background:url(x.png)}' },
    };
    expect(await looked(linked, files)).toEqual({
      outcome: 'fail',
      failures: ['asset /css/x.png'],
      warnings: [],
      asked: ['GET /a.css', 'GET /css/b.css', 'GET /css/c.css', 'GET /css/x.png'],
    });
  });

  it('an icon of a manifest, and of a shortcut in it', async () => {
    const manifest = { icons: [{ src: 'i.png' }, {}], shortcuts: [{ icons: [{ src: '/s.png' }] }] };
    const files = {
      '/app/m.json': { type: 'application/manifest+json', body: JSON.stringify(manifest) },
    };
    const { failures } = await looked('<link rel=manifest href=/app/m.json>', files);
    expect(failures).toEqual(['image /app/i.png', 'image /s.png']);
  });

  it('a manifest that is none', async () => {
    const files = { '/m.json': { type: 'application/json', body: '[]' } };
    expect(await looked('<link rel=manifest href=/m.json>', files)).toMatchObject({
      outcome: 'fail',
      failures: ['manifest /m.json'],
    });
  });
});

describe('what a page does not load is not looked at', () => {
  it.each<[string, string]>([
    ['for those who run no scripts', '<noscript><img src=/x><link rel=stylesheet href=/x></noscript>'],
    ['a sheet that is disabled', '<link rel=stylesheet disabled href=/x>'],
    ['a sheet that a reader would choose', '<link rel="alternate stylesheet" title=Dark href=/x>'],
    ['in a template', '<template><iframe src=/x></iframe><p style="background:url(/x)"></p></template>'],
    ['in a template within one', '<template><template></template><img src=/x></template>'],
    ['instead of what a frame shows', '<iframe srcdoc="<p>" src=/x></iframe>'],
    ['in the text of a frame', '<iframe><img src=/x></iframe>'],
    ['in the text of a field', '<textarea><img src=/x></textarea>'],
    ['a part of the page itself', '<svg><use href="#a"/><use href="/#b"/></svg><img src="#">'],
    ['of data', '<object data="data:text/plain,x"></object><iframe src="about:blank"></iframe>'],
    ['of memory', '<img src="blob:http://shop.example/1"><style>p{background:url(blob:x)}</style>'],
    ['a button that is none', '<input type=text src=/x>'],
    ['a script that is no code', '<script type=application/json>{"a":"import \\"/x\\""}</script>'],
  ])('%s', async (_, html) => {
    expect(await looked(`<script src=/a.js></script>${html}`, there)).toEqual({
      ...good,
      warnings: [],
      asked: ['GET /a.js'],
    });
  });

  it.each<[string, string]>([
    ['in a comment', '/* url(/x) @import "/x"; */'],
    ['in a comment that does not end', '/* url(/x)'],
    ['in a text', 'p::after{content:"url(/x) @import \'/x\';"}'],
    ['in a text with an escape', String.raw`p::after{content:"\" url(/x)"}`],
    ['a name in a selector', 'a[href="/x"]{color:red}'],
    ['the type of an image', 'p{background:image-set("data:," 1x type("/x"))}'],
    ['a namespace', '@namespace url(/x);'],
    ['a style sheet that is imported too late', 'p{color:red}@import "/x";'],
    ['one that is imported in a block', '@media print{@import "/x";}'],
    ['what an import is for', '@import "/a.css" supports(background: url(/x));'],
    ['a part of the page', 'p{clip-path:url(#x)}'],
  ])('%s', async (_, css) => {
    const { outcome, failures, asked } = await looked(linked, sheet(css));
    expect([outcome, failures, asked]).toEqual(['pass', [], ['GET /a.css']]);
  });

  it('anything of style sheets with `css: false`', async () => {
    const html = `${linked}<style>p{background:url(/x)}</style><p style="background:url(/x)">`;
    const { outcome, asked } = await looked(html, sheet('p{background:url(/x)}'), ', css: false');
    expect([outcome, asked]).toEqual(['pass', ['GET /a.css']]);
  });
});

describe('a frame', () => {
  it.each<[string, object, string]>([
    ['that leads elsewhere is there', { status: 302, headers: { location: '/login' } }, 'pass'],
    ['that is empty is there', { status: 204 }, 'pass'],
    ['of any type is there', { type: 'application/pdf', body: '%PDF' }, 'pass'],
    ['that cannot be shown is not', { status: 500 }, 'fail'],
  ])('%s', async (_, file, outcome) => {
    expect(await looked('<iframe src=/x></iframe>', { '/x': file })).toMatchObject({ outcome });
  });
});

describe('a page in place of what is missing', () => {
  const pages: readonly [string, string][] = [
    ['with no doctype', '<html><body>'],
    ['with no more than a head', '\n  <head><title>Shop</title>'],
    ['with a doctype of old', '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><html>'],
    ['that is XHTML', '<?xml version="1.0"?>\n<!-- built --><html xmlns="http://www.w3.org/1999/xhtml">'],
    ['behind several comments', '\uFEFF<!-- one --> <!-- two -->\n<!doctype html>'],
    ['behind a long comment', `<!-- ${'x'.repeat(5000)} --><meta charset=utf-8>`],
    ['that begins in the middle', '<div id=app></div><script src=/a.js></script>'],
  ];
  const kinds: readonly [string, string, string][] = [
    ['a script', '<script src=/x></script>', 'text/javascript'],
    ['a module', '<script type=module src=/x></script>', 'application/javascript'],
    ['a style sheet', '<link rel=stylesheet href=/x>', 'text/css'],
    ['an image', '<img src=/x>', 'image/png'],
    ['an image of a style sheet', '<style>p{background:url(/x)}</style>', 'application/octet-stream'],
    ['a font', '<link rel=preload as=font href=/x>', 'font/woff2'],
  ];
  it.each(
    pages.flatMap(([how, body]) => kinds.map(([kind, ...rest]) => [how, kind, body, ...rest] as const)),
  )('%s is seen, for %s', async (_, __, body, html, type) => {
    const { outcome, failures } = await judged(html, { '/x': { type, body } });
    expect([outcome, failures]).toEqual(['fail', [expect.stringContaining('200 with an HTML page')]]);
  });

  it.each(kinds)('is seen by its type alone: for %s', async (_, html) => {
    const { failures } = await judged(html, { '/x': { type: 'text/html', body: 'Not here' } });
    expect(failures).toEqual([expect.stringContaining('200 with an HTML page (text/html)')]);
  });

  it.each<[string, string, { type: string; body: string }]>([
    [
      'a script hidden from old browsers',
      '<script src=/x></script>',
      { ...script, body: '<!--\nrun()\n//-->' },
    ],
    ['a script behind a comment', '<script src=/x></script>', { ...script, body: '/* <html> */ run()' }],
    ['a drawing', '<img src=/x>', { type: 'image/svg+xml', body: '<?xml version="1.0"?><!-- a --><svg>' }],
    [
      'a drawing with a doctype',
      '<img src=/x>',
      { type: 'image/svg+xml', body: '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg>' },
    ],
    ['a document for a frame', '<iframe src=/x></iframe>', { type: 'text/html', body: '<!doctype html>' }],
    ['what a script asks for', '<link rel=preload as=fetch href=/x>', { type: 'text/html', body: '<p>' }],
  ])('is not taken for one: %s', async (_, html, file) => {
    expect(await judged(html, { '/x': file })).toMatchObject(good);
  });
});
