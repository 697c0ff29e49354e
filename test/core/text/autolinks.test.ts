import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, details, escapeMarkdown, link, table } from '../../../packages/core/src/text/markdown.ts';

/**
 * What GitHub makes of plain text: links by the extended autolinks of GFM (0.29), and by the names that its own page
 * "Autolinked references and URLs" lists. Nothing of it is looked for in code, nor in the text of a link.
 */
const linked: Readonly<Record<string, RegExp>> = {
  address: /(?:https?|ftp):\/\/\S|www\.\S/i,
  mail: /(?:mailto|xmpp):\S|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/i,
  mention: /(?<![\w`])@[a-z\d](?:[a-z\d-]{0,38})/i,
  'another’s commit': /[\w-]+(?:\/[\w.-]+)?@[0-9a-f]{7,40}\b/i,
  issue: /(?<!\w)(?:[\w-]+(?:\/[\w.-]+)?)?#\d+\b|(?<!\w)GH-\d+\b/i,
  commit: /(?<![\w/.-])[0-9a-f]{7,40}(?![\w-])/,
};

/** The text that GitHub looks through: without code, tags and the links that are meant, escapes undone. */
function plain(markdown: string): string {
  return markdown
    .replace(/<(code|pre)>.*?<\/\1>/gs, ' ')
    .replace(/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)/gs, ' ')
    .replace(/\[(?:\\.|[^\]\\])*\]\(<[^>]*>\)/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\\([\\`*_{}[\]()#+.!~|$:=-])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

const linksIn = (markdown: string) =>
  Object.entries(linked)
    .filter(([, pattern]) => pattern.test(plain(markdown)))
    .map(([name]) => name);

const names = [
  ['a mention', '@octocat'],
  ['a mention of a team', '@acme/ops'],
  ['an address', 'https://evil.example/a_b?c=d'],
  ['an address of FTP', 'ftp://evil.example'],
  ['an address without a scheme', 'www.evil.example'],
  ['an issue', '#123'],
  ['an issue of another repository', 'acme/shop#123'],
  ['an issue, as it was written once', 'GH-123'],
  ['a commit', '4ff44ff41de899b0ebece69d9beccb943e6d60a4'],
  ['a short commit', '4ff44ff'],
  ['a commit of another repository', 'acme/shop@4ff44ff'],
  ['an address of mail', 'ann@acme.example'],
  ['the same, as a link', 'mailto:ann@acme.example'],
] as const;

describe.each(names)('%s, %s, in a text that came from outside', (_, name) => {
  it('is one to GitHub as it stands, and none to it as we write it', () => {
    expect(linksIn(name)).not.toEqual([]);
    for (const text of [
      name,
      `see ${name}, please`,
      `(${name})`,
      `"${name}".`,
      `a|${name}`,
      `\`${name}`,
      `${name}\n${name}`,
    ])
      expect([text, linksIn(escapeMarkdown(text))]).toEqual([text, []]);
  });

  it('stays as it is to the eye and to the clipboard, in code', () => {
    expect(escapeMarkdown(`see ${name}, please`)).toBe(`see \`${name}\`, please`);
  });

  it('is none in a cell, in code, in a fold’s line or in the text of a link', () => {
    expect(linksIn(table(['', ''], [[escapeMarkdown(name), code(name)]]))).toEqual([]);
    expect(linksIn(code(`a|${name}`))).toEqual([]);
    expect(details(`check ${name}: fail`, 'x')).toBe(
      `<details><summary>check <code>${name}</code>: fail</summary>\n\nx\n\n</details>`,
    );
    expect(linksIn(link(name, 'https://github.com/o/r'))).toEqual([]);
  });
});

it.each([
  'Already live: fly:shop serves v42 (unchanged/verified).',
  'sha256 of 12 machines in iad, 99.5 % at 12:30, #, @, a@, # 1, and/or 1.5 s',
  'home_page answers (fast) – 200!',
])('leaves "%s" as it is', (text) => {
  expect(escapeMarkdown(text)).toBe(text);
});

it('finds nothing to link in whatever is strung together of such names, and of what could end code', () => {
  const piece = fc.constantFrom(
    ...names.map(([, name]) => name),
    ' ',
    '`',
    '``',
    '|',
    '\\',
    '<b>',
    '(',
    ')',
    '*',
    '_',
    ':',
    '.',
    '@',
    '#',
    'é',
    '<!--',
    '&',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      expect(linksIn(escapeMarkdown(pieces.join('')))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
