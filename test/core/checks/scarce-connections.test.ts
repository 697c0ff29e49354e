import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers } from './loopback.ts';
import type { Reply } from './scarce-server.ts';
import { serveScarcely } from './scarce-server.ts';

afterEach(closeServers);

const scripts = (count: number) =>
  Array.from({ length: count }, (_, index) => `<script src="/a${index}.js"></script>`).join('');

const siteWith =
  (count: number) =>
  (path: string): Reply =>
    path === '/'
      ? { type: 'text/html', body: `<!doctype html>${scripts(count)}` }
      : { type: 'text/javascript', body: 'run()' };

const many = (count: number, more = '') =>
  Array.from(
    { length: count },
    (_, at) => `  - { name: c${at}, http: /c${at}, expect: { status: 200 }${more} }\n`,
  );

const file = (url: string, ...checks: string[]) => `target: ${url}\nchecks:\n${checks.join('')}`;

const outcomes = async (text: string) => {
  const report = await check(text);
  return report.results
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ name, attempts }) => [name, attempts.at(-1)?.summary]);
};

describe('a page of assets', () => {
  it.each<[string, string]>([
    ['whatever it asserts', ''],
    ['where its time is asserted', ', expect: { duration: { lt: 60s } }'],
    ['where only heads are asked for', ''],
  ])('never has many connections open: %s', async (name, more) => {
    const { url, peak } = await serveScarcely(1000, siteWith(100));
    const head = name.includes('heads') ? ', head: true' : '';
    const text = `- { name: page, assets: { url: "${url}/"${head} }${more} }`;
    expect([await outcomes(text), peak() <= 12]).toEqual([[], true]);
  });

  it('shares its own between its requests', async () => {
    const { url, opened } = await serveScarcely(1000, siteWith(100));
    expect([await outcomes(`- { name: page, assets: "${url}/" }`), opened() <= 6]).toEqual([[], true]);
  });

  it.each([4, 1])('loads from a server with %i workers', async (workers) => {
    const { url } = await serveScarcely(workers, siteWith(30));
    expect(await outcomes(`- { name: page, assets: "${url}/", timeout: 3s }`)).toEqual([]);
  });
});

describe('connections that wait for another check', () => {
  it.each<[string, string]>([
    [
      'one whose time is asserted',
      '  - { name: fast, http: /f, expect: { status: 200, duration: { lt: 400ms } } }\n',
    ],
    ['samples', '  - { name: fast, http: /f, samples: 3, expect: { status: 200, max: { lt: 400ms } } }\n'],
  ])('keep nothing from %s', async (_, fast) => {
    const { url } = await serveScarcely(4, () => ({}));
    expect(await outcomes(file(url, ...many(12), fast))).toEqual([]);
  });

  it('keep no other check waiting until its time is up', async () => {
    const { url } = await serveScarcely(2, () => ({ afterMs: 20 }));
    const text = `concurrency: 6\n${file(url, ...many(200, ', timeout: 1s'))}`;
    expect(await outcomes(text)).toEqual([]);
  });

  it('keep nothing from a hop of the same check to another site of the server', async () => {
    let port = '';
    const { url } = await serveScarcely(4, (path) =>
      path.startsWith('/c')
        ? { status: '302 Found', headers: `location: http://localhost:${port}/there\r\n` }
        : {},
    );
    port = new URL(url).port;
    const hop = many(8).map((line) =>
      line.replace(/http: (\S+),/, 'http: { url: $1, follow: true }, timeout: 1s,'),
    );
    expect(await outcomes(file(url, ...hop))).toEqual([]);
  });
});
