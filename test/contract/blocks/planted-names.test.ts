import { expect, it } from 'vitest';
import { findingsOf, page, workflow } from '../../support/blocks/planted.ts';
import { expression } from '../../support/expression.ts';

it.each([
  {
    defect: 'a context that does not exist',
    plant: ['inputs.to }}', 'input.to }}'],
    found: [
      "18: GitHub refuses it: Unrecognized named-value: 'input'",
      '18: rollback refuses its inputs: `to` is "plausible"; it must be last-verified, previous, a version such as v42, an image with its tag or digest, the id of a deployment on Railway or its first 8 digits, or at least 7 digits of a commit.',
    ],
  },
  {
    defect: 'an input of the workflow that is called otherwise',
    plant: ['inputs.to }}', 'inputs.too }}'],
    found: [
      '18: rollback refuses its inputs: `to` is "plausible"; it must be last-verified, previous, a version such as v42, an image with its tag or digest, the id of a deployment on Railway or its first 8 digits, or at least 7 digits of a commit.',
      '18: `inputs.too`: the workflow has no such input',
    ],
  },
  {
    defect: 'an output that the action does not have',
    plant: ['outputs.outcome', 'outputs.outcom'],
    found: ['25: `steps.back.outputs.outcom`: rollback has no such output'],
  },
  {
    defect: 'an output that the action does not have, in brackets',
    plant: ['steps.back.outputs.outcome', "steps.back.outputs[''needs-a-persn'']"],
    found: ["25: `steps.back.outputs['needs-a-persn']`: rollback has no such output"],
  },
  {
    defect: 'outputs that are called otherwise',
    plant: ['outputs.outcome', 'output.outcome'],
    found: ['25: `steps.back.output.outcome`: a step has `outputs`, `outcome` and `conclusion`'],
  },
  {
    defect: 'an outcome that is called otherwise',
    plant: ['outputs.outcome', 'outcom'],
    found: ['25: `steps.back.outcom`: a step has `outputs`, `outcome` and `conclusion`'],
  },
  {
    defect: 'what a step has in a condition, called otherwise',
    plant: ['- run: echo', "- if: always() && steps.back['outcom'] != 'skipped'\n        run: echo"],
    found: ["24: `steps.back['outcom']`: a step has `outputs`, `outcome` and `conclusion`"],
  },
  {
    defect: 'a result that is called otherwise',
    plant: ['steps.back.outputs.outcome', 'needs.build.outcome'],
    found: ['25: `needs.build.outcome`: a job has `outputs` and `result`'],
  },
  {
    defect: 'a fact that GitHub does not have, inside another name',
    plant: ['steps.back.outputs.outcome', 'steps.back.outputs[github.shaa]'],
    found: ['25: `github.shaa`: GitHub has no such fact'],
  },
  {
    defect: 'a step that does not exist',
    plant: ['steps.back', 'steps.forth'],
    found: ['25: `steps.forth.outputs.outcome`: no step before it has the id forth'],
  },
  {
    defect: 'a job that is not waited for',
    plant: ['steps.back.', 'needs.build.'],
    found: ['25: `needs.build.outputs.outcome`: the job does not name build in its `needs`'],
  },
  {
    defect: 'a fact that GitHub does not have',
    plant: ['steps.back.outputs.outcome', 'github.shaa'],
    found: ['25: `github.shaa`: GitHub has no such fact'],
  },
])('finds $defect in a workflow', async ({ plant: [from = '', to = ''], found }) => {
  expect(workflow.split(from).length).toBe(2);
  expect(await findingsOf(page(workflow.replace(from, () => to)))).toEqual(found);
});

it.each([
  'steps.back.outputs.needs-a-person',
  "steps.back.outputs[''needs-a-person'']",
  'steps.back.outcome',
  'steps.back.conclusion',
  'toJSON(steps.back.outputs)',
  "format(''steps.forth.outcom {0}'', github.event.steps.forth)",
])('finds nothing wrong with %s', async (right) => {
  const asked = workflow.replace('steps.back.outputs.outcome', () => right);
  expect(await findingsOf(page(asked))).toEqual([]);
});

it.each([
  {
    commit: 'github.sha',
    found: [
      '12: `github.sha`: is not the commit that was tested: on `workflow_run` write `github.event.workflow_run.head_sha`',
    ],
  },
  { commit: 'github.event.workflow_run.head_sha', found: [] },
  { commit: 'github.event.workflow_run.head_sha || github.sha', found: [] },
])(
  'finds in a workflow that follows another what is baked in of the wrong commit: $commit',
  async ({ commit, found }) => {
    const follows = `
on: { workflow_run: { workflows: [test], types: [completed] } }
permissions: { contents: read, deployments: write }
concurrency: { group: belay-deploy-production }
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: OWNER/belay/actions/fly-deploy@v1
        with: { fly-app: shop, fly-token: '${expression('secrets.FLY_API_TOKEN')}', build-args: 'GIT_SHA=${expression(commit)}' }
`;
    expect(await findingsOf(page(follows))).toEqual(found);
  },
);
