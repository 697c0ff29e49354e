import { afterEach, describe, expect, it } from 'vitest';
import { image, judged, pageOf, strictSiteOf, style } from './asset-site.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

describe('the limit', () => {
  it('cuts neither scripts nor style sheets, and says what else it cuts', async () => {
    const files = {
      '/a.png': image,
      '/a.css': { ...style, body: '@import "/b.css"; p{background:url(/c.png)}' },
    };
    const url = await strictSiteOf({
      ...files,
      '/': pageOf(
        '<img src=/a.png><img src=/b.png><link rel=stylesheet href=/a.css><script src=/x.js></script>',
      ),
    });
    const report = await check(`- name: page\n  assets: { url: "${url}", limit: 1 }`);
    const [result] = report.results;
    expect(result?.attempts[0]?.failures.map(({ read }) => read.replace(url, ''))).toEqual([
      'script /x.js',
      'style /b.css',
    ]);
    expect(result?.warnings).toEqual([{ message: '2 beyond the limit of 1 not looked at: raise `limit`' }]);
  });

  it('does not cut a script that was an image at first', async () => {
    const files = { '/a.png': image, '/x': image };
    const html = '<img src=/a.png><img src=/x><script src=/x></script>';
    expect((await judged(html, files, ', limit: 1')).failures).toEqual([
      'script /x: a JavaScript type: image/png',
    ]);
  });

  it('of time is told as well, where all came that was asked for', async () => {
    const url = await serve((request, response) => {
      const isPage = request.url === '/';
      response.setHeader('content-type', isPage ? 'text/html' : 'image/png');
      const images = Array.from({ length: 40 }, (_, at) => `<img src=/${at}>`).join('');
      setTimeout(() => response.end(isPage ? images : 'x'), isPage ? 0 : 300);
    });
    const { outcome, results } = await check(`- name: page\n  assets: ${url}\n  timeout: 1500ms`);
    const count = results[0]?.attempts[0]?.summary.match(/(\d+) assets/)?.[1];
    expect(outcome).toBe('pass');
    expect(results[0]?.warnings?.map(({ message }) => message.replace(/ the first .*:/, ' …:'))).toEqual([
      `no time was left for ${40 - Number(count)}, …: raise \`timeout\``,
    ]);
  });

  it('of time is not used up by an image that hangs, before all scripts and styles are looked at', async () => {
    const files: Readonly<Record<string, readonly [string, string]>> = {
      '/': [
        'text/html',
        '<img src=/hangs><link rel=stylesheet href=/a.css><script type=module src=/a.js></script>',
      ],
      '/a.css': ['text/css', '@import "/b.css";'],
      '/a.js': ['text/javascript', 'import "/b.js"'],
    };
    const url = await serve(({ url: path = '' }, response) => {
      const [type, body] = files[path] ?? [];
      if (type !== undefined) response.setHeader('content-type', type).end(body);
      else if (path !== '/hangs') response.writeHead(404).end();
    });
    const { results } = await check(`- name: page\n  assets: ${url}\n  timeout: 1s`);
    expect(results[0]?.attempts[0]?.failures.map(({ read }) => read.replace(url, ''))).toEqual([
      'script /b.js',
      'style /b.css',
      'image /hangs',
    ]);
  });

  it('of time does not excuse a script', async () => {
    const url = await serve((request, response) => {
      const isPage = request.url === '/';
      response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
      const scripts = Array.from({ length: 40 }, (_, at) => `<script src=/${at}></script>`).join('');
      setTimeout(() => response.end(isPage ? scripts : 'x'), isPage ? 0 : 300);
    });
    const { results } = await check(`- name: page\n  assets: ${url}\n  timeout: 400ms`);
    expect(results[0]).toMatchObject({ outcome: 'fail', attempts: [{ failureClass: 'timeout' }] });
  });

  it.each([0, -1, 1.5, '"many"'])('of %s is refused', async (limit) => {
    await expect(check(`- name: page\n  assets: { url: /, limit: ${limit} }`)).rejects.toMatchObject({
      code: 'checks-invalid',
    });
  });
});
