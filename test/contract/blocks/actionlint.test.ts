import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/root.ts';
import { actionlintFindings, actionlintVersion } from '../../support/blocks/actionlint.ts';
import { everyBlock } from '../../support/blocks/page-blocks.ts';
import { expression } from '../../support/expression.ts';

const version = actionlintVersion();
if (version === undefined) {
  process.stdout.write('actionlint: skipped: it is not on PATH, nor in BELAY_ACTIONLINT\n');
}

it.skipIf(version === undefined)('says nothing of any workflow of a page, or of this repository', () => {
  const workflows = everyBlock().filter(
    ({ language, text }) => language === 'yaml' && /^on:/m.test(text) && /^jobs:/m.test(text),
  );
  const own = workflows.map(({ page }) => page).filter((page) => page.startsWith('.github/'));
  expect(own).toEqual(globSync('.github/workflows/*.yml', { cwd: root }).toSorted());
  const found = actionlintFindings(workflows.map(({ text }) => text));
  const placed = workflows.flatMap(({ page, line: first }, index) =>
    (found[index] ?? []).map(({ line, what }) => `${page}:${first + line - 1}: ${what}`),
  );
  expect(placed).toEqual([]);
});

it.skipIf(version === undefined)(
  'is excused for what GitHub takes and it does not know, and for nothing else',
  () => {
    const workflow = `on: push
concurrency: { group: deploy, queue: max, order: last }
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: { name: production, deployment: false }
    steps:
      - uses: $/actions/fly-deploy
      - run: echo ${expression('steps.none.outputs.url')}
`;
    expect(actionlintFindings([workflow])).toEqual([
      [
        {
          line: 2,
          what: 'unexpected key "order" for "concurrency" section. expected one of "cancel-in-progress", "group"',
        },
        { line: 9, what: 'property "none" is not defined in object type {}' },
      ],
    ]);
  },
);
