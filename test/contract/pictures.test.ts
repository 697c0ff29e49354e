import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Browser, findChromium } from '../../scripts/pictures/browser.ts';
import { summaryPage } from '../../scripts/pictures/page.ts';
import { pictureLine, seenOf } from '../../scripts/pictures/seen.ts';
import { root } from '../../scripts/root.ts';

/** Width and height of a PNG: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(png: Buffer): string {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return `${png.readUInt32BE(16)} × ${png.readUInt32BE(20)}`;
}

describe('the README’s pictures', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/(?:src|srcset)="(docs\/pictures\/[^"]+)"/g)].map(
    ([, file = '']) => file,
  );

  it('are one for the dark and one for the light', () => {
    expect(named).toEqual(['docs/pictures/restored-dark.png', 'docs/pictures/restored-light.png']);
  });

  it.each(named)('%s is there, and small', (file) => {
    const picture = readFileSync(join(root, file));
    expect(sizeOf(picture)).toMatch(/^820 × \d+$/);
    expect(picture.length).toBeLessThan(150_000);
  });

  // Whether that is what a deploy's summary says today, test/stories/pictures.test.ts asks.
  it.each(named)('%s was taken of what stands beside it', (file) => {
    const beside = readFileSync(join(root, 'docs', 'pictures', 'restored.txt'), 'utf8');
    expect(beside).toContain(`\n${pictureLine(basename(file), readFileSync(join(root, file)))}`);
  });
});

describe('what a picture shows', () => {
  const seen = (text: string) =>
    seenOf(`<style></style>\n<main>\n${text}\n</main>`).replace(/\n\nstylesheet: sha256 .*\n$/, '');

  it('is without what is folded, and of that the line that is seen', () => {
    const inner = '<details open><summary>Inner</summary><p>Deeper</p></details>';
    const html = `<p>Seen</p><details><summary>Outer</summary><p>Deep</p>${inner}<p>Deep</p></details>\n<p>After</p>`;
    expect(seen(html)).toBe('<p>Seen</p>\n<summary>Outer</summary>\n<p>After</p>');
  });

  it('is with what is folded out', () => {
    const html = '<details open>\n<summary>Open</summary><p>Seen</p></details>';
    expect(seen(html)).toBe('<summary>Open</summary>\n<p>Seen</p>');
  });

  it.each([
    ['<td>2026-11-30 07:24:50 UTC</td>', '<td><time></td>'],
    ['<td>8.8 s</td>', '<td><duration></td>'],
    ['<td>1 min 12 s</td>', '<td><duration></td>'],
    ['<td>140 ms</td>', '<td><duration></td>'],
    ['<td>it has 10 s to come</td>', '<td>it has 10 s to come</td>'],
    ['<td>status 500</td>', '<td>status 500</td>'],
  ])('is the same at any hour: %s', (html, timeless) => {
    expect(seen(html)).toBe(timeless);
  });

  it('is another with another stylesheet', () => {
    const page = (style: string) => seenOf(`<style>${style}</style>\n<main>\na\n</main>`);
    expect(page('a {}')).not.toBe(page('b {}'));
  });
});

const markdown = `## Taken back

| Step | Took |
| --- | --- |
| ship \\| go | \`3 s\` |

[https\\://shop.fly.dev](<https://shop.fly.dev>)

<details><summary>Evidence</summary>

<pre>GET / 500 &lt;b></pre>

- **home**: fail

</details>
`;

describe('the page of a summary', () => {
  it('is its Markdown as GitHub reads it, folded where it is folded', () => {
    expect(/<main>\n(.*)\n<\/main>/s.exec(summaryPage(markdown))?.[1]).toBe(
      `<h2>Taken back</h2>
<table>
<thead>
<tr>
<th>Step</th>
<th>Took</th>
</tr>
</thead>
<tbody><tr>
<td>ship | go</td>
<td><code>3 s</code></td>
</tr>
</tbody></table>
<p><a href="https://shop.fly.dev">https://shop.fly.dev</a></p>
<details><summary>Evidence</summary><pre>GET / 500 &lt;b></pre><ul>
<li><strong>home</strong>: fail</li>
</ul>
</details>`,
    );
  });

  const chromium = findChromium();
  it.skipIf(chromium.path === undefined)(
    `is taken as wide as asked, as long as it is, light and dark${chromium.why === undefined ? '' : ` (skipped: ${chromium.why})`}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'belay-pictures-'));
      const browser = new Browser(chromium.path ?? '');
      try {
        const file = join(folder, 'page.html');
        writeFileSync(file, summaryPage(markdown));
        const look = { width: 390, scale: 2 };
        const light = await browser.picture(file, { ...look, scheme: 'light' });
        const dark = await browser.picture(file, { ...look, scheme: 'dark' });
        const cut = await browser.picture(file, { ...look, scheme: 'dark', longest: 100 });
        expect(sizeOf(light)).toMatch(/^780 × [4-9]\d\d$/);
        expect(sizeOf(dark)).toBe(sizeOf(light));
        expect(dark.equals(light)).toBe(false);
        expect(sizeOf(cut)).toBe('780 × 200');
      } finally {
        await browser.close();
        rmSync(folder, { recursive: true });
      }
    },
  );
});

describe('the browser', () => {
  it('is the one that BELAY_CHROMIUM names', () => {
    expect(findChromium({ BELAY_CHROMIUM: process.execPath, PATH: '' })).toEqual({ path: process.execPath });
  });

  it.each([
    [
      'BELAY_CHROMIUM names none',
      { BELAY_CHROMIUM: '/nowhere', PATH: '' },
      'BELAY_CHROMIUM names no executable',
    ],
    ['PATH has none', { PATH: '/nowhere' }, 'no chromium on PATH, and BELAY_CHROMIUM is not set'],
  ])('is missed by name where %s', (_, env, why) => {
    expect(findChromium(env)).toEqual({ why });
  });
});
