import { afterEach, describe, expect, it } from 'vitest';
import type { File } from './asset-site.ts';
import { good, judged, pageOf, script, siteOf, style } from './asset-site.ts';
import { check, closeServers } from './loopback.ts';

afterEach(closeServers);

const html = '<!doctype html><html><head><title>Shop</title>';
const marked = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const markedBig = (text: string) => marked(text).swap16();
const bare = (text: string) => Buffer.from(text, 'utf16le');

describe('an asset is read in its charset', () => {
  it.each<[string, string, File, string]>([
    ['UTF-16 with a mark', '<script src=/a.js></script>', { ...script, body: marked(html) }, 'script'],
    ['the other way round', '<script src=/a.js></script>', { ...script, body: markedBig(html) }, 'script'],
    ['UTF-8 with a mark', '<script src=/a.js></script>', { ...script, body: `\ufeff${html}` }, 'script'],
    [
      'UTF-16 by its type',
      '<script src=/a.js></script>',
      { type: 'text/javascript; charset=utf-16le', body: bare(html) },
      'script',
    ],
    [
      'a mark that its type contradicts',
      '<script src=/a.js></script>',
      { type: 'text/javascript; charset=utf-8', body: marked(html) },
      'script',
    ],
    ['a style sheet', '<link rel=stylesheet href=/a.js>', { ...style, body: marked(html) }, 'style'],
    ['an image', '<img src=/a.js>', { type: 'image/png', body: marked(html) }, 'image'],
  ])('a page in its place is known: %s', async (_, element, file, kind) => {
    const { outcome, failures } = await judged(element, { '/a.js': file });
    expect([outcome, failures?.[0]]).toEqual(['fail', expect.stringMatching(/200 with an HTML page \(/)]);
    expect(failures?.[0]).toContain(`${kind} /a.js`);
  });

  it('and what is one is good', async () => {
    const files = {
      '/a.js': { ...script, body: marked('run()') },
      '/b.css': { ...style, body: marked('p{}') },
    };
    const elements = '<script src=/a.js></script><link rel=stylesheet href=/b.css>';
    expect(await judged(elements, files)).toMatchObject(good);
  });

  it('and so is what it names', async () => {
    const sheet = { ...style, body: marked('p{background:url(/gone.png)}') };
    const { asked } = await judged('<link rel=stylesheet href=/a.css>', { '/a.css': sheet });
    expect(asked).toEqual(['GET /a.css', 'GET /gone.png']);
  });

  it('the page too', async () => {
    const asked: string[] = [];
    const page = { type: 'text/html', body: marked(`${html}<script src=/gone.js></script>`) };
    const url = await siteOf({ '/': page, '/gone.js': pageOf('') }, asked);
    const report = await check(`- name: page\n  assets: ${url}/`);
    expect([report.outcome, asked]).toEqual(['fail', ['GET /', 'GET /gone.js']]);
  });
});
