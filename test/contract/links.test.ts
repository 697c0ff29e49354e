import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';

const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist', 'build', 'test', '.git', '.belay'].includes(String(name)),
}).sort();

/** What the fences and the code of a page hold is no link. */
const proseOf = (page: string) =>
  readFileSync(join(root, page), 'utf8')
    .replace(/^( *)(`{3,}|~{3,}).*?^\1\2/gms, '')
    .replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');

/** The links of a page to this repository's own files. */
function linksOf(page: string): readonly string[] {
  const targets = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)];
  return targets
    .map(([, link, picture]) => link ?? picture ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** As GitHub names the headings of a page. */
function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/^( *)(`{3,}|~{3,}).*?^\1\2/gms, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with a link; undefined where it leads somewhere. */
function wrongWith(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, file))) return `${page}: ${link} leads to no file`;
  if (anchor === undefined || statSync(join(root, file)).isDirectory()) return undefined;
  return anchorsOf(file).includes(anchor) ? undefined : `${page}: ${link} leads to no heading`;
}

describe('the links of a page', () => {
  it.each(pages)('lead somewhere: %s', (page) => {
    expect(linksOf(page).flatMap((link) => wrongWith(page, link) ?? [])).toEqual([]);
  });

  it.each([
    ['docs/faq.md', 'nowhere.md', 'docs/faq.md: nowhere.md leads to no file'],
    ['docs/faq.md', 'checks.md#nowhere', 'docs/faq.md: checks.md#nowhere leads to no heading'],
    ['docs/faq.md', '#nowhere', 'docs/faq.md: #nowhere leads to no heading'],
  ])('of %s are found wrong: %s', (page, link, wrong) => {
    expect(wrongWith(page, link)).toBe(wrong);
  });

  it('lead from the README to every page of docs', () => {
    const linked = new Set(linksOf('README.md').map((link) => link.split('#')[0]));
    expect(pages.filter((page) => page.startsWith('docs/') && !linked.has(page))).toEqual([]);
  });

  it.each(['fly-deploy', 'rollback', 'smoke-test'])(
    'lead from the README of %s, which takes checks, to their language',
    (action) => {
      expect(linksOf(`actions/${action}/README.md`)).toContain('../../docs/checks.md');
    },
  );
});
