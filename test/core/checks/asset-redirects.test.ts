import { afterEach, describe, expect, it } from 'vitest';
import type { File, Site } from './asset-site.ts';
import { good, image, judged, pageOf, script, siteOf, strictSiteOf, style } from './asset-site.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const to = (location: string, status = 302): File => ({ status, headers: { location } });

describe('an asset that redirects', () => {
  it.each<[string, string, Site, string[]]>([
    [
      'a script',
      '<script src=/a.js></script>',
      { '/a.js': to('/a-1f.js'), '/a-1f.js': script },
      ['GET /a.js', 'GET /a-1f.js'],
    ],
    [
      'a style sheet, whose own addresses are of where it is',
      '<link rel=stylesheet href=/a.css>',
      {
        '/a.css': to('/v2/a.css', 301),
        '/v2/a.css': { ...style, body: 'p{background:url(i.png)}' },
        '/v2/i.png': image,
      },
      ['GET /a.css', 'GET /v2/a.css', 'GET /v2/i.png'],
    ],
    [
      'a module, whose imports are of where it is',
      '<script type=module src=/m.js></script>',
      {
        '/m.js': to('/v2/m.js', 307),
        '/v2/m.js': { ...script, body: 'import "./n.js"' },
        '/v2/n.js': script,
      },
      ['GET /m.js', 'GET /v2/m.js', 'GET /v2/n.js'],
    ],
    [
      'an image',
      '<img src=/a.png>',
      { '/a.png': to('/b.png', 308), '/b.png': image },
      ['GET /a.png', 'GET /b.png'],
    ],
    ['a frame, which may lead anywhere', '<iframe src=/f></iframe>', { '/f': to('/login') }, ['GET /f']],
  ])('is what it leads to, as in a browser: %s', async (_, html, files, asked) => {
    expect(await judged(html, files)).toEqual({ ...good, asked });
  });

  it('is asked for by its header alone where that will do', async () => {
    const files = { '/a.png': to('/b.png'), '/b.png': { ...image, headers: { 'content-length': '3' } } };
    const { outcome, asked } = await judged('<img src=/a.png>', files, ', head: true');
    expect([outcome, asked]).toEqual(['pass', ['HEAD /a.png', 'HEAD /b.png']]);
  });

  it.each<[string, string, Site, string]>([
    [
      'nowhere',
      '<script src=/a.js></script>',
      { '/a.js': to('/gone.js'), '/gone.js': { status: 404 } },
      'script /a.js: status 200: status 404 (redirected to /gone.js)',
    ],
    [
      'to itself',
      '<script src=/a.js></script>',
      { '/a.js': to('/a.js') },
      'script /a.js: an answer: the redirects loop: 302 to /a.js',
    ],
    [
      'to something else than it is',
      '<link rel=stylesheet href=/a.css>',
      { '/a.css': to('/a.js'), '/a.js': script },
      'style /a.css: text/css: text/javascript (redirected to /a.js)',
    ],
  ])('is missing where it leads %s', async (_, html, files, failure) => {
    const { outcome, failures } = await judged(html, files);
    expect([outcome, failures]).toEqual(['fail', [failure]]);
  });

  it.each<[string, Site, string]>([
    ['there', { '/a.js': script }, 'pass'],
    ['not there', {}, 'fail'],
  ])('to another origin is as what is there: %s', async (_, files, outcome) => {
    const sent: unknown[] = [];
    const cdn = await strictSiteOf(files);
    const url = await serve((request, response) => {
      sent.push(request.url);
      if (request.url === '/a.js') return void response.writeHead(302, { location: `${cdn}/a.js` }).end();
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(pageOf('<script src=/a.js></script>').body);
    });
    const report = await check(`- { name: page, assets: ${url}/ }`);
    expect([report.outcome, sent]).toEqual([outcome, ['/', '/a.js']]);
  });

  it('is followed though the page is not', async () => {
    const asked: string[] = [];
    const files = { '/': pageOf('<img src=/a.png>'), '/a.png': to('/b.png'), '/b.png': image };
    const url = await siteOf(files, asked);
    const report = await check(`- { name: page, assets: { url: "${url}/", follow: false } }`);
    expect([report.outcome, asked.at(-1)]).toEqual(['pass', 'GET /b.png']);
  });
});
