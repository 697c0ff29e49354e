/**
 * `npm run pictures`: plays a deploy that is taken back and writes the README's pictures of its summary, and beside them
 * what they show, by which test/stories/pictures.test.ts tells an old one.
 * `npm run pictures -- --out DIR [SCENE …]` writes every scene, or those named, light and dark, wide and narrow, to look at.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Browser, findChromium, type Look } from './pictures/browser.ts';
import { playScene, scenes } from './pictures/scenes.ts';
import { pictureLine, seenOf } from './pictures/seen.ts';
import { root } from './root.ts';

const schemes = ['light', 'dark'] as const;
const wide = { width: 860, scale: 2 };
const narrow = { width: 390, scale: 2 };

/** What the README shows, at a width of 520. */
const committed = {
  names: ['restored'],
  sizes: { '': { width: 820, scale: 1, longest: 1300 } },
  out: join(root, 'docs', 'pictures'),
};

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const job =
  values.out === undefined
    ? committed
    : {
        names: positionals.length === 0 ? Object.keys(scenes) : positionals,
        sizes: { '-wide': wide, '-narrow': narrow },
        out: values.out,
      };

const chromium = findChromium();
if (chromium.path === undefined) {
  process.stdout.write(`pictures: skipped: ${chromium.why}\n`);
} else {
  await takePictures(chromium.path);
}

async function takePictures(executable: string): Promise<void> {
  mkdirSync(job.out, { recursive: true });
  const browser = new Browser(executable);
  try {
    for (const name of job.names) {
      const { html } = await playScene(name);
      const page = join(job.out, `${name}.html`);
      writeFileSync(page, html);
      let taken = '';
      for (const [suffix, size] of Object.entries(job.sizes)) {
        for (const scheme of schemes)
          taken += await takePicture(browser, page, `${name}${suffix}-${scheme}.png`, { ...size, scheme });
      }
      if (values.out !== undefined) continue;
      rmSync(page);
      writeFileSync(join(job.out, `${name}.txt`), seenOf(html) + taken);
    }
  } finally {
    await browser.close();
  }
}

async function takePicture(browser: Browser, page: string, file: string, look: Look): Promise<string> {
  const path = join(job.out, file);
  const picture = await browser.picture(page, look);
  writeFileSync(path, picture);
  process.stdout.write(`${relative(process.cwd(), path)}: ${Math.ceil(picture.length / 1000)} kB\n`);
  return pictureLine(file, picture);
}
