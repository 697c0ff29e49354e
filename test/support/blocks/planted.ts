import { expression } from '../expression.ts';
import { belayActions } from './actions.ts';
import { lintBlock } from './block-lint.ts';
import { blocksOf } from './page-blocks.ts';

const actions = await belayActions();
/** A pinned action of others. */
export const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

/** A page of the rollback action with one block, which begins on its line 4. */
export const page = (block: string, language = 'yaml') => `# Planted

\`\`\`${language}
${block.trim()}
\`\`\`
`;

/** What the linter says of such a page: `line: what`. */
export async function findingsOf(markdown: string): Promise<readonly string[]> {
  const blocks = blocksOf('actions/rollback/README.md', markdown);
  const linted = await Promise.all(blocks.map((block) => lintBlock(block, actions)));
  return linted
    .flatMap(({ findings }) => findings)
    .map((one) => one.replace('actions/rollback/README.md:', ''));
}

/** A workflow that nothing is wrong with. */
export const workflow = `
on: { workflow_dispatch: { inputs: { to: { description: Where to, default: v42 } } } }
permissions: { contents: read, deployments: write }
concurrency: { group: belay-rollback-production }
jobs:
  rollback:
    runs-on: ubuntu-latest
    timeout-minutes: 25
    steps:
      - uses: ${checkout}
      - uses: OWNER/belay/actions/rollback@v1
        id: back
        with:
          fly-app: shop
          fly-token: ${expression('secrets.FLY_API_TOKEN')}
          to: ${expression('inputs.to')}
          reason: It is slow
          checks: |
            - name: home
              http: GET /
              expect: { status: 200 }
      - run: echo "$OUTCOME"
        env: { OUTCOME: '${expression('steps.back.outputs.outcome')}' }
`;
