import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { File, Site } from './asset-site.ts';
import { good, image, judged, pageOf, script, siteOf, style } from './asset-site.ts';
import { check, closeServers, refusingUrl, serve } from './loopback.ts';
import { serveSecurely, trustedAuthority } from './trusted-authority.ts';

afterEach(closeServers);

const digest = (algorithm: string, body: string) =>
  `${algorithm}-${createHash(algorithm).update(body).digest('base64')}`;

describe('an assets check', () => {
  it.each<[string, string, readonly string[]]>([
    ['scripts', '<script src="a.js"></script><script type=module src=/b.js></script>', ['/a.js', '/b.js']],
    [
      'style sheets and preloads',
      '<link rel="STYLESHEET" href=a.css><link rel=preload as=style href=b.css>',
      ['/a.css', '/b.css'],
    ],
    ['module preloads', '<link rel=modulepreload href=a.js>', ['/a.js']],
    [
      'icons and manifests',
      '<link rel="shortcut icon" href=a.png><link rel=manifest href=m.json>',
      ['/a.png', '/m.json'],
    ],
    [
      'images with several candidates',
      '<img src=a.png srcset="b.png 1x, c,d.png 2x,e.png">',
      ['/a.png', '/b.png', '/c,d.png', '/e.png'],
    ],
    [
      'pictures',
      '<picture><source srcset="a.png 100w, b.png 200w"><img src=c.png></picture>',
      ['/a.png', '/b.png', '/c.png'],
    ],
    ['preloads of responsive images', '<link rel=preload as=image imagesrcset="a.png 1x">', ['/a.png']],
    [
      'video and audio',
      '<video src=a.mp4 poster=b.png><source src=c.mp4></video><audio src=d.mp4>',
      ['/a.mp4', '/b.png', '/c.mp4', '/d.mp4'],
    ],
    [
      'import maps',
      '<script type=importmap>{"imports":{"a":"/a.js","b/":"/b/"},"scopes":{"/x":{"a":"./b.js"}}}</script>',
      ['/a.js', '/b.js'],
    ],
    [
      'addresses under a base',
      '<base href="/sub/"><base href="/no/"><script src=a.js></script>',
      ['/sub/a.js'],
    ],
    ['addresses before their base', '<script src=a.js></script><base href="/sub/">', ['/sub/a.js']],
    [
      'each address once',
      '<script src=a.js></script><link rel=preload as=script href="/a.js#x"><script src="./a.js">',
      ['/a.js'],
    ],
  ])('fetches %s', async (_, html, paths) => {
    const types = {
      js: script,
      css: style,
      png: image,
      mp4: { type: 'video/mp4', body: 'x' },
      json: { type: 'application/manifest+json', body: '{}' },
    };
    const files = Object.fromEntries(paths.map((path) => [path, types[(path.split('.')[1] ?? '') as 'js']]));
    const { asked, ...rest } = await judged(html, files);
    expect({ ...rest, asked: asked.sort() }).toEqual({ ...good, asked: paths.map((path) => `GET ${path}`) });
  });

  it.each<[string, string]>([
    ['in a template', '<template><script src=no.js></script></template>'],
    ['in a comment', '<!-- <script src=no.js></script> -->'],
    ['of data', '<img src="data:image/png;base64,AAAA"><img src="">'],
    ['of a script that is no code', '<script type="application/ld+json" src=no.js></script>'],
    ['of a link that is not loaded', '<link rel=canonical href=/no><link rel=preconnect href=/no>'],
  ])('does not fetch what stands %s', async (_, html) => {
    expect(await judged(`${html}<script src=a.js></script>`, { '/a.js': script })).toEqual({
      ...good,
      asked: ['GET /a.js'],
    });
  });

  it.each<[string, string, Site, string]>([
    [
      'a page in place of a bundle',
      '<script src=/app-1.js></script>',
      {},
      'script /app-1.js: a JavaScript type: 200 with an HTML page (text/html): the file is likely missing',
    ],
    [
      'a page that claims to be a script',
      '<script src=/a.js></script>',
      { '/a.js': { ...script, body: '\n<!-- x --><!DOCTYPE html>' } },
      'script /a.js: a JavaScript type: 200 with an HTML page (text/javascript): the file is likely missing',
    ],
    [
      'a script of another type',
      '<script src=/a.js></script>',
      { '/a.js': { type: 'text/plain', body: 'x' } },
      'script /a.js: a JavaScript type: text/plain',
    ],
    [
      'a style sheet of another type',
      '<link rel=stylesheet href=/a.css>',
      { '/a.css': { type: 'application/json', body: '{}' } },
      'style /a.css: text/css: application/json',
    ],
    [
      'a script of no type',
      '<script src=/a.js></script>',
      { '/a.js': { body: 'x' } },
      'script /a.js: a JavaScript type: no content-type',
    ],
    [
      'a page in place of an image',
      '<img src=/a.png>',
      {},
      'image /a.png: an image: 200 with an HTML page (text/html): the file is likely missing',
    ],
    [
      'a page in place of a manifest',
      '<link rel=manifest href=/m.json>',
      {},
      'manifest /m.json: a manifest: 200 with an HTML page (text/html): the file is likely missing',
    ],
    [
      'an empty file',
      '<script src=/a.js></script>',
      { '/a.js': { ...script, body: '' } },
      'script /a.js: a body: status 200 with an empty body',
    ],
    [
      'a missing file',
      '<script src=/a.js></script>',
      { '/a.js': { status: 404 } },
      'script /a.js: status 200: status 404',
    ],
    [
      'a redirect to a page',
      '<img src=/a.png>',
      { '/a.png': { status: 302, headers: { location: '/login' } } },
      'image /a.png: an image: 200 with an HTML page (text/html): the file is likely missing (redirected to /login)',
    ],
    ['an address that is none', '<img src="http://[">', {}, 'asset "http://[": an address: no address'],
    [
      'an import map that is no JSON',
      '<script type=importmap>{</script>',
      {},
      'import map: modules by address: not a JSON object: "{"',
    ],
    [
      'an import map with a bare address',
      '<script type=importmap>{"imports":{"a":"b"}}</script>',
      {},
      'import map: modules by address: "a" points to "b", which must start with /, ./ or ../',
    ],
    ['a page without assets', '<p>', {}, 'assets of /: at least one: the page names none'],
    [
      'a page whose assets are elsewhere',
      '<img src="//cdn.test/a.png"><script src="http://cdn.test/b.js"></script>',
      {},
      'assets of /: at least one: none of its own, 2 at http://cdn.test: name what counts in `origins`',
    ],
  ])('fails on %s', async (_, html, files, failure) => {
    const { outcome, failures } = await judged(html, files);
    expect({ outcome, failures }).toEqual({ outcome: 'fail', failures: [failure] });
  });

  it('says of each broken asset what is wrong with it', async () => {
    const { failures } = await judged(
      '<script src=/a.js></script><link rel=stylesheet href=/b.css><img src=/c.png>',
      {
        '/a.js': { status: 503 },
        '/b.css': { type: 'text/plain', body: 'x' },
        '/c.png': image,
      },
    );
    expect(failures).toEqual(['style /b.css: text/css: text/plain', 'script /a.js: status 200: status 503']);
  });

  it.each<[string, string, string | undefined]>([
    ['the digest', digest('sha384', 'run()'), undefined],
    ['one digest of several', `${digest('sha256', 'x')} ${digest('sha256', 'run()')}?opt`, undefined],
    ['the strongest algorithm', `${digest('sha256', 'x')} ${digest('sha512', 'run()')}`, undefined],
    ['an algorithm nobody knows', 'md5-abc', undefined],
    [
      'another digest',
      digest('sha256', 'x'),
      `script /a.js: integrity ${digest('sha256', 'x')}: ${digest('sha256', 'run()')}`,
    ],
    [
      'a weaker digest that fits',
      `${digest('sha256', 'run()')} ${digest('sha384', 'x')}`,
      `script /a.js: integrity ${digest('sha256', 'run()')} ${digest('sha384', 'x')}: ${digest('sha384', 'run()')}`,
    ],
  ])('holds a script to its integrity: %s', async (_, integrity, failure) => {
    const { failures } = await judged(`<script src=/a.js integrity="${integrity}"></script>`, {
      '/a.js': script,
    });
    expect(failures).toEqual(failure === undefined ? [] : [failure]);
  });

  it('takes a protocol-relative address at an origin that counts', async () => {
    const cdn = await siteOf({ '/a.js': script });
    const html = `<script src="${cdn.replace('http:', '')}/a.js"></script>`;
    expect(await judged(html, {}, `, origins: ["${cdn}/"]`)).toEqual({ ...good, asked: [] });
  });

  it('asks for headers only with `head`, except where the body is judged', async () => {
    const html = `<img src=/a.png><script src=/a.js integrity=${digest('sha256', 'run()')}></script>`;
    const { asked, ...rest } = await judged(html, { '/a.png': image, '/a.js': script }, ', head: true');
    expect({ ...rest, asked: asked.sort() }).toEqual({ ...good, asked: ['GET /a.js', 'HEAD /a.png'] });
  });

  it('keeps its time: what could not be fetched is named', async () => {
    const url = await serve((request, response) => {
      response.setHeader('content-type', 'text/html');
      if (request.url === '/')
        response.end('<img src=a><img src=b><img src=c><img src=d><img src=e><img src=f><img src=g>');
    });
    const report = await check(`- name: page\n  assets: ${url}\n  timeout: 300ms`);
    const attempt = report.results[0]?.attempts[0];
    expect([report.outcome, attempt?.failureClass, attempt?.failures.length]).toEqual(['fail', 'timeout', 7]);
    expect(attempt?.failures.map(({ actual }) => actual)).toContain(
      `no time was left for 1, the first ${url}/g: raise \`timeout\``,
    );
  });

  it('names the assets that cannot be reached', async () => {
    const cdn = await refusingUrl();
    const { failures } = await judged(`<img src="${cdn}/a.png">`, {}, `, origins: ["${cdn}"]`);
    expect(failures).toEqual([`image ${cdn}/a.png: an answer: connect ECONNREFUSED ${cdn.slice(7)}`]);
  });

  it.each<[string, File, string]>([
    ['has another status', { status: 500 }, 'page /: status 200-299: status 500'],
    ['is no page', { type: 'application/json', body: '{}' }, 'page /: an HTML page: application/json'],
  ])('fails when the page %s', async (_, file, failure) => {
    const url = await siteOf({ '/': file });
    const report = await check(`- name: page\n  assets: ${url}/`);
    const [found] = report.results[0]?.attempts[0]?.failures ?? [];
    expect(`${found?.read}: ${found?.expected}: ${found?.actual}`.replace(url, '')).toBe(failure);
  });

  it('refuses http assets on an https page, without asking for them', async () => {
    using trusted = trustedAuthority();
    const page = '<img src=http://cdn.test/a.png><script src=/a.js></script>';
    using server = await serveSecurely(trusted, (request, response) => {
      const file = request.url === '/' ? pageOf(page) : script;
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
    });
    const report = await check(`- name: page\n  assets: ${server.url}`);
    expect(report.results[0]?.attempts[0]?.failures.map(({ read, actual }) => [read, actual])).toEqual([
      ['asset http://cdn.test/a.png', 'http: a browser does not load it'],
    ]);
  });

  it.each<[string, string, string]>([
    ['without a page', '{ css: true }', '`assets` needs a `url`: the page whose assets are looked at.'],
    [
      'with an unknown key',
      '{ url: /, origin: [] }',
      'Unknown key `origin` in `assets`. Did you mean `origins`?',
    ],
    [
      'with an origin that is none',
      '{ url: /, origins: [cdn.test] }',
      '"cdn.test" is not an origin such as https://cdn.example.com.',
    ],
  ])('is refused %s', async (_, written, message) => {
    await expect(check(`- name: page\n  assets: ${written}`)).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });
});
