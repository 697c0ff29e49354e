import { expect, it } from 'vitest';
import { blocksOf } from '../../support/blocks/page-blocks.ts';
import { findingsOf, page } from '../../support/blocks/planted.ts';

it.each([
  {
    defect: 'an unknown input in a step',
    block: '- uses: OWNER/belay/actions/smoke-test@v1\n  with: { url: https://a.example, tag: fast }',
    found: ['5: smoke-test has no input `tag`'],
  },
  {
    defect: 'an unknown input in a fragment',
    block: 'with:\n  acept-machines: 1',
    found: ['5: rollback has no input `acept-machines`'],
  },
  {
    defect: 'a value that is refused in a lone input',
    block: 'wait-timeout: 5',
    found: ['4: rollback refuses its inputs: `wait-timeout` is "5", which has no unit. Write 5s, 5m or 5h.'],
  },
  {
    defect: 'an unknown key of a check file',
    block: 'version: 1\nchecks:\n  - name: home\n    http: /\n    expekt: { status: 200 }',
    found: [
      '6: the reader of checks refuses it: A check of type `http` needs `expect`: without an assertion it proves nothing.',
      '8: the reader of checks refuses it: Unknown key `expekt` in a check. Did you mean `expect`?',
    ],
  },
  {
    defect: 'cancelling in a fragment',
    block: 'concurrency: { group: a, cancel-in-progress: true }',
    found: ['4: `cancel-in-progress` cuts a deploy half-way: leave it out'],
  },
  {
    defect: 'a list of nothing known',
    block: '- one\n- two',
    found: ['4: a block of yaml that is nothing this test knows'],
  },
  {
    defect: 'a mapping of nothing known',
    block: 'colour: blue',
    found: ['4: a block of yaml that is nothing this test knows'],
  },
  {
    defect: 'no language',
    block: 'on: push',
    language: '',
    found: ['4: a block of no language that is nothing this test knows'],
  },
  {
    defect: 'an unknown language',
    block: 'on: push',
    language: 'yamlish',
    found: ['4: a block of yamlish that is nothing this test knows'],
  },
  {
    defect: 'JSON that is none',
    block: '{ "a": 1, }',
    language: 'json',
    found: [
      '4: cannot be read: SyntaxError: Expected double-quoted property name in JSON at position 10 (line 1 column 11)',
    ],
  },
  {
    defect: 'TOML that is none',
    block: 'app = shop',
    language: 'toml',
    found: ['4: cannot be read: Error: Invalid TOML document: invalid value'],
  },
  {
    defect: 'a script that npm does not have',
    block: 'npm ci\nnpm run --prefix "$BELAY" --silent demo -- --port 1',
    language: 'sh',
    found: ['5: npm has no script `demo`'],
  },
  {
    defect: 'a file that is not there',
    block: 'node dist/smoke-tests/index.js --help',
    language: 'sh',
    found: ['4: there is no dist/smoke-tests/index.js'],
  },
  {
    defect: 'an option that there is not',
    block: 'node dist/smoke-test/index.js --ulr https://shop.example --html a.html',
    language: 'sh',
    found: ['4: the smoke test has no option `--ulr`'],
  },
  {
    defect: 'a quote that does not end',
    block: "echo 'one",
    language: 'sh',
    found: ["4: the shell refuses it: unexpected EOF while looking for matching `''"],
  },
])('finds $defect', async ({ block, language = 'yaml', found }) => {
  expect(await findingsOf(page(block, language))).toEqual(found);
});

it.each([
  {
    defect: 'what a diff adds and the action does not have',
    block:
      '-- uses: superfly/flyctl-actions/setup-flyctl@master\n+- uses: OWNER/belay/actions/rollback@v1\n+  with: { fly-ap: shop }',
    language: 'diff',
    found: ['6: rollback has no input `fly-ap`'],
  },
  {
    defect: 'an action that a diff adds by its tag',
    block:
      ' jobs:\n   a:\n     runs-on: ubuntu-latest\n     steps:\n-      - run: flyctl deploy\n+      - uses: actions/checkout@v7',
    language: 'diff',
    found: ['9: actions/checkout@v7 is not pinned: name its commit, and the version in a comment'],
  },
  {
    defect: 'a diff of nothing known',
    block: '-a: 1\n+colour: blue',
    language: 'diff',
    found: ['4: a block of yaml that is nothing this test knows'],
  },
  ...[
    'on: push',
    'jobs: { a: 1 }',
    'uses: OWNER/belay/actions/rollback@v1',
    '- uses: actions/checkout@v7\n- run: a',
  ].map((block) => ({
    defect: `a workflow that is called text (${block.split(':')[0]})`,
    block,
    language: 'text',
    found: ['4: is YAML that nobody lints: open its fence with `yaml`'],
  })),
])('finds $defect', async ({ block, language, found }) => {
  expect(await findingsOf(page(block, language))).toEqual(found);
});

it.each([
  { block: 'rollout ── ports\n   run   who is asked: when', language: 'text' },
  { block: 'ARG GIT_SHA\nENV GIT_SHA=$GIT_SHA', language: 'dockerfile' },
  {
    block: ' jobs:\n   a:\n     runs-on: ubuntu-latest\n     steps:\n+      - run: "true"',
    language: 'diff',
  },
])('finds nothing wrong with a block of $language', async ({ block, language }) => {
  expect(await findingsOf(page(block, language))).toEqual([]);
});

it.each([
  { place: 'a quotation', prefix: '> ' },
  { place: 'a quotation inside another one', prefix: '> > ' },
  { place: 'a quotation without spaces', prefix: '>' },
])('finds a block in $place, and where in it', async ({ prefix }) => {
  const quoted = page('with:\n  acept-machines: 1').replace(/^/gm, prefix);
  expect(await findingsOf(quoted)).toEqual(['5: rollback has no input `acept-machines`']);
});

it('ends the block of a quotation with it', () => {
  expect(() => blocksOf('a.md', '> ```yaml\n> on: push\n\n```\n')).toThrow(
    'a.md:1: the block that begins here has no end',
  );
});

it('does not take half a page for a block that nobody closed', () => {
  expect(() => blocksOf('a.md', '# A\n\n```yaml\non: push\n')).toThrow(
    'a.md:3: the block that begins here has no end',
  );
});
