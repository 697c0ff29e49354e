import { createHash } from 'node:crypto';

/**
 * What a picture of a page shows, as text that is the same for every play of its scene: without what is folded, each
 * time and duration written alike. Beside a picture it tells when that is an old one, without a browser.
 */
export function seenOf(html: string): string {
  const [, style = '', main = ''] = /<style>(.*?)<\/style>.*<main>\n(.*)\n<\/main>/s.exec(html) ?? [];
  const timeless = unfolded(main)
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '<time>')
    .replace(/(?<=>)(?:\d+ (?:h|min) )*\d+(?:\.\d+)? (?:ms|s|min|h)(?=<)/g, '<duration>');
  return `${timeless}\n\nstylesheet: sha256 ${sha256(style)}\n`;
}

/** One line for each file of a picture: it was taken of what the text beside it says. */
export function pictureLine(file: string, picture: Buffer): string {
  return `${file}: sha256 ${sha256(picture)}\n`;
}

/** Without what is folded, but for the line that is seen of it. */
function unfolded(main: string): string {
  const around: boolean[] = [];
  return main
    .split(/(<details[^>]*>(?:\s*<summary>.*?<\/summary>)?|<\/details>)/s)
    .filter((part) => {
      const isSeen = !around.includes(true) && part !== '</details>';
      if (part.startsWith('<details')) around.push(!part.startsWith('<details open'));
      if (part === '</details>') around.pop();
      return isSeen;
    })
    .map((part) => part.replace(/^<details[^>]*>/, '').trim())
    .filter((part) => part !== '')
    .join('\n');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
