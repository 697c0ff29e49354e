// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { readTags } from '../../../packages/core/src/checks/html-parser.ts';
import { filterRules } from '../../../packages/core/src/checks/judge/filters.ts';
import { valueTypes } from '../../../packages/core/src/checks/judge/values.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { assertBindable } from '../../../packages/core/src/checks/run/bind.ts';
import { AssetList } from '../../../packages/core/src/checks/types/assets/asset-list.ts';
import { readPage } from '../../../packages/core/src/checks/types/assets/read-page.ts';
import { metaContents } from '../../../packages/core/src/checks/types/release/meta.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

/** Without a process of its own: of many that would take longer than what is measured. */
async function validated(input: string, variables: Record<string, string>): Promise<void> {
  assertBindable(await loadChecks(input, { root: '.' }), { variables, secrets: {} });
}

/** What is wrong with checks, and that it was said at once: each of these took minutes, or all of the memory. */
async function details(input: string, variables: Record<string, string> = {}): Promise<readonly string[]> {
  const began = performance.now();
  const failure = await validated(input, variables).then(
    () => undefined,
    (error: ActionFailure) => error,
  );
  expect(performance.now() - began).toBeLessThan(20_000);
  return failure?.details ?? [];
}

const good = '- { name: a, http: "http://a.example", expect: { status: 200 } }';

describe('checks that nobody could hold', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'templates in templates without end',
      `- { name: a, http: "/${'${x'.repeat(30_000)}", expect: { status: 200 } }`,
      [
        expect.stringMatching(
          /^checks:1:20: "\/(\$\{x)+\$\{… has a `\$\{` that is not a name in braces\. Write `\$\$\{`/,
        ),
      ],
    ],
    [
      'a name that is used ten thousand times without a value',
      `- { name: a, http: "http://a.example/${'${x}'.repeat(10_000)}", expect: { status: 200 } }`,
      [
        'checks:1:20: `x` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
      ],
    ],
    [
      'variables that double each other',
      `variables:\n  v0: ${'x'.repeat(1000)}\n${Array.from({ length: 40 }, (_, one) => `  v${one + 1}: "\${v${one}}\${v${one}}"\n`).join('')}checks:\n${good}`,
      [
        'checks:2:3: "${v10}${v10}" is longer than 1048576 characters once it is filled in. Shorten the variables it uses.',
      ],
    ],
    [
      'the same in a scenario',
      `variables: { v: ${'x'.repeat(600_000)} }
scenarios:
  - { name: s, variables: { w: "\${v}\${v}" }, steps: [${good.slice(2)}] }`,
      [
        'checks:3:5: "${v}${v}" is longer than 1048576 characters once it is filled in. Shorten the variables it uses.',
      ],
    ],
    [
      'a body that is filled in to more than is ever sent',
      `variables: { v: ${'x'.repeat(600_000)} }
checks:
- { name: a, http: { url: "http://a.example", body: "${'${v}'.repeat(40)}" }, expect: { status: 200 } }`,
      [
        expect.stringMatching(
          /^checks:3:3: Check "a": ".*…? is longer than 16777216 characters once it is filled in\. Shorten the variables it uses\.$/,
        ),
      ],
    ],
    [
      'many bodies that together are more than is ever sent',
      `variables: { v: ${'x'.repeat(600_000)} }
checks:
- { name: a, http: { url: "http://a.example", json: [${'"${v}",'.repeat(120)}] }, expect: { status: 200 } }`,
      [
        'checks:3:3: Check "a": The texts of the check are longer than 67108864 characters once they are filled in. Shorten the variables they use.',
      ],
    ],
    [
      'a hundred thousand unknown keys',
      `{ "version": 1, ${Array.from({ length: 50_000 }, (_, one) => `"k${one}": 1,`).join(' ')} "checks": [] }`,
      [
        'checks:1:1: 49980 more keys of the check file are unknown.',
        ...Array.from({ length: 20 }, (_, one) =>
          expect.stringContaining(`Unknown key \`k${one}\` in the check file.`),
        ),
        expect.stringContaining('There is no check: nothing would be proved.'),
      ],
    ],
    [
      'more problems than anybody reads',
      `[${Array.from({ length: 5000 }, () => '1').join(',\n')}]`,
      [
        ...Array.from(
          { length: 200 },
          (_, one) =>
            `checks:${one + 1}:${one === 0 ? 2 : 1}: a check must be a mapping such as { name: home, http: GET /, expect: { status: 200 } }, not 1.`,
        ),
        'and 4800 more',
      ],
    ],
    [
      'more than a megabyte',
      `checks:\n${good} # ${'x'.repeat(1024 * 1024)}`,
      ['The checks are larger than 1 MiB. Put them into several files.'],
    ],
    [
      'a list of more checks than a run takes',
      `[${'1,'.repeat(20_001)}]`,
      ['checks:1:1: This list has 20001 items, and 20000 is the most. Use several files.'],
    ],
    [
      'lists in lists',
      '['.repeat(500_000),
      ['checks:1:100: This is not YAML: nesting exceeded maxDepth (100).'],
    ],
    [
      'mappings in mappings',
      'a: {'.repeat(200_000),
      ['checks:1:397: This is not YAML: nesting exceeded maxDepth (100).'],
    ],
    [
      'aliases of one list, again and again',
      `variables: &a [${'x,'.repeat(1000)}]\nchecks: [${'*a,'.repeat(200)}]`,
      [expect.stringMatching(/^checks:2:\d+: This is not YAML: /)],
    ],
    [
      'a key of half a megabyte',
      `${'k'.repeat(500_000)}: 1\nchecks:\n${good}`,
      [expect.stringMatching(/^checks:1:1: Unknown key "k{78}… in the check file\. Legal: version, /)],
    ],
  ])('are refused at once: %s', async (_, input, messages) => {
    expect(await details(input)).toEqual(messages);
  });

  it('are refused at once when they are blank lines', async () => {
    const began = performance.now();
    await expect(loadChecks(`- a\n${'\n'.repeat(1_000_000)}#`, { root: '.' })).rejects.toThrow();
    await expect(loadChecks(`[]${' \n'.repeat(500_000)}#`, { root: '.' })).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('are counted over all files and scenarios', async () => {
    const step = '{"name":"x","http":"/","expect":{"status":200}}';
    const steps = Array.from({ length: 10_001 }, () => step).join(',');
    const half = `{"name":"s","ip":"both","steps":[${steps}]}`;
    const [first] = await details(`{"scenarios":[${half}]}`);
    expect(first).toBe(
      'There are 20002 checks, and a run takes 20000 at most. Give some of them a run of their own.',
    );
  });
});

describe('a text of a million digits', () => {
  const digits = '1'.repeat(1_000_000);
  const apply = (name: string, value: string) =>
    filterRules[name]?.apply(value, name === 'toDate' ? '%s' : true, {} as never);

  it.each([
    ['toInt', digits],
    ['toInt', `${digits}x`],
    ['toFloat', digits],
    ['toFloat', `${digits}x`],
    ['toFloat', `1.${digits}e`],
    ['toFloat', `${' '.repeat(1_000_000)}1`],
    ['toDate', digits],
  ])('is refused at once by %s', (name, value) => {
    const began = performance.now();
    const filtered = apply(name, value);
    expect(performance.now() - began).toBeLessThan(500);
    expect(filtered).toMatchObject({ kind: 'unfit' });
  });

  it('of 400 characters at most is a number still', () => {
    expect([
      apply('toFloat', `1.${'0'.repeat(398)}`),
      apply('toFloat', `1.${'0'.repeat(399)}`),
    ]).toMatchObject([{ kind: 'value', value: 1 }, { kind: 'unfit' }]);
  });

  it('is no date of ISO 8601', () => {
    expect(valueTypes['iso-date']?.(`2026-11-29T12:00:00.${digits}Z`)).toBe(false);
  });
});

describe('a page of five megabytes', () => {
  const mega = (part: string) => part.repeat(Math.ceil((5 * 1024 * 1024) / part.length));

  it.each<[string, string]>([
    ['tags that are not closed', mega('<b>')],
    ['tags in one another', `${mega('<div>')}${'</div>'.repeat(100_000)}`],
    ['tags that are closed and were never open', `${'<a>'.repeat(100_000)}${mega('</i>')}`],
    ['paragraphs', mega('<p>')],
    ['forms', mega('<form>')],
    ['drawings in drawings', mega('<svg><clippath>')],
    ['templates', mega('<template>')],
    ['attributes of one tag', `<a ${mega('b c=d ')}>`],
    ['a value that does not end', `<a href="${mega('x')}`],
    ['tags that do not end', mega('<a ')],
    ['brackets', mega('<')],
    ['comments that do not end', mega('<!--')],
    ['a style that does not end', `<style>${mega('</sty')}`],
    ['a script that does not end', `<script type=importmap>${mega('</scrip')}`],
    ['entities', mega('&amp;&#x41;&notit;')],
    ['entities that do not end', mega('&am')],
    ['digits of one entity', `&#${mega('1')}`],
    ['pictures', `<img srcset="${mega('a, ')}">`],
  ])('is read at once: %s', async (_, html) => {
    const began = performance.now();
    readPage({ readTags }, html);
    await metaContents(html, 'commit');
    await filterRules.htmlUnescape?.apply(html, true, {} as never);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('shows its meta tag behind all of that', async () => {
    expect(await metaContents(`${mega('<b>')}<meta name=commit content="a&amp;b">`, 'commit')).toEqual([
      'a&b',
    ]);
  });
});

describe('a page', () => {
  const read = (html: string) => {
    const { references, styles } = readPage({ readTags }, html);
    return [references.map(({ url }) => url), styles];
  };

  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      'a script in a drawing that closes itself',
      '<svg><script href="x"/></svg><script src=a.js></script>',
      ['a.js'],
      [],
    ],
    [
      'a style in a drawing',
      '<svg><style>a{}</style><style/></svg><link rel=stylesheet href=b.css>',
      ['b.css'],
      ['a{}', ''],
    ],
    [
      'a drawing that is not closed',
      '<svg><path/><p><script src=a.js>if (a<b) "</p>"</script><img src=c.png>',
      ['a.js', 'c.png'],
      [],
    ],
    ['a style that the page breaks off in', '<style>a{', [], ['a{']],
    ['an attribute that is given twice', '<img src=a.png src=b.png>', ['a.png'], []],
    ['entities in an address', '<a></a><IMG SRC="a.png?b&amp;c&#x3D;d">', ['a.png?b&c=d'], []],
    ['what is in a template', '<template><img src=a.png></template><img src=b.png>', ['b.png'], []],
    ['the old name of a picture', '<image src=a.png>', ['a.png'], []],
  ])('is read with %s', (_, html, urls, styles) => {
    expect(read(html)).toEqual([urls, styles]);
  });
});

describe('an import map', () => {
  const map = (text: string) => readPage({ readTags }, `<script type=importmap>${text}</script>`).brokenMaps;

  it('that is nested too deep is refused like one that is no JSON', () => {
    const deep = `{"imports":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(map(deep)).toEqual([expect.stringMatching(/^not a JSON object: "\{\\"imports\\":\[+…$/)]);
  });

  it('names a hundred wrong addresses at most, and so does a list of assets', () => {
    const wrong = Object.fromEntries(Array.from({ length: 5000 }, (_, one) => [`m${one}`, 'bare']));
    expect(map(JSON.stringify({ imports: wrong }))).toHaveLength(100);
    const list = new AssetList({ origins: new Set(), limit: 1, secure: true });
    list.add(
      Array.from({ length: 5000 }, (_, one) => ({
        url: one % 2 ? 'http://[' : `http://a.example/${one}`,
        kind: 'any',
      })),
      'https://shop.example/',
    );
    expect([list.unusable.length, list.insecure.length]).toEqual([100, 100]);
  });
});
