import { expect, it } from 'vitest';
import { runJob, type StepResult } from '#local-runner';
import { aRepository, type TinyAction } from '../support/action-folder.ts';
import { expression } from '../support/expression.ts';

const stated: TinyAction = {
  inputs: { name: {} },
  main: `write('STATE', 'mine=' + process.env.INPUT_NAME + '\\n');`,
  post: `console.log(process.env.INPUT_NAME + ' keeps ' + process.env.STATE_mine);`,
};

const outline = (steps: readonly StepResult[]) =>
  steps.map(({ name, stage, outcome, log }) => [stage, name, outcome, ...log.map(({ line }) => line)]);

it('runs posts in reverse order after all steps, each with its own step’s state', async () => {
  const repositoryRoot = await aRepository({ stated });
  const { steps, conclusion } = await runJob({
    repositoryRoot,
    steps: [
      { uses: './actions/stated', name: 'A', with: { name: 'a' } },
      { uses: './actions/stated', name: 'B', with: { name: 'b' } },
      { run: 'echo "[$STATE_mine]"', name: 'C' },
    ],
  });
  expect(conclusion).toBe('success');
  expect(outline(steps)).toEqual([
    ['main', 'A', 'success'],
    ['main', 'B', 'success'],
    ['main', 'C', 'success', '[]'],
    ['post', 'Post B', 'success', 'b keeps b'],
    ['post', 'Post A', 'success', 'a keeps a'],
  ]);
});

it('runs a post when its main failed, and none for a step that was skipped', async () => {
  const repositoryRoot = await aRepository({
    broken: {
      main: `write('STATE', 'half=way\\n'); process.exit(3);`,
      post: `console.log(process.env.STATE_half);`,
    },
    stated,
  });
  const { steps, conclusion } = await runJob({
    repositoryRoot,
    steps: [{ uses: './actions/broken' }, { uses: './actions/stated' }],
  });
  expect(conclusion).toBe('failure');
  expect(outline(steps)).toEqual([
    ['main', 'Run ./actions/broken', 'failure'],
    ['main', 'Run ./actions/stated', 'skipped'],
    ['post', 'Post Run ./actions/broken', 'success', 'way'],
  ]);
});

it('fails a job whose post fails', async () => {
  const repositoryRoot = await aRepository({ untidy: { main: '', post: 'process.exit(1);' } });
  const { conclusion, steps } = await runJob({ repositoryRoot, steps: [{ uses: './actions/untidy' }] });
  expect([conclusion, ...steps.map(({ outcome }) => outcome)]).toEqual(['failure', 'success', 'failure']);
});

it.each([
  { postIf: 'success()', after: 'true', outcome: 'success' },
  { postIf: 'success()', after: 'false', outcome: 'skipped' },
  { postIf: 'failure()', after: 'false', outcome: 'success' },
  { postIf: "env.KEEP == 'yes'", after: 'false', outcome: 'success' },
  { postIf: "runner.os == 'Windows'", after: 'true', outcome: 'skipped' },
])('with `post-if: $postIf` a post after `$after` ends as $outcome', async ({ postIf, after, outcome }) => {
  const repositoryRoot = await aRepository({ tidy: { main: '', post: '', postIf } });
  const { steps } = await runJob({
    repositoryRoot,
    env: { KEEP: 'yes' },
    steps: [{ uses: './actions/tidy' }, { run: after }],
  });
  expect(steps[2]?.outcome).toBe(outcome);
});

it('evaluates inputs again for the post', async () => {
  const repositoryRoot = await aRepository({
    late: { inputs: { seen: {} }, main: '', post: `console.log(process.env.INPUT_SEEN);` },
  });
  const { steps } = await runJob({
    repositoryRoot,
    steps: [
      { uses: './actions/late', with: { seen: expression('steps.next.outputs.x') } },
      { id: 'next', run: 'echo x=1 >> "$GITHUB_OUTPUT"' },
    ],
  });
  expect(steps[2]?.log).toEqual([{ stream: 'stdout', line: '1' }]);
});

it('never runs the pre of a local action, and warns', async () => {
  const repositoryRoot = await aRepository({
    early: { pre: `console.log('pre');`, main: `console.log('main');` },
  });
  const { log } = await runJob({ repositoryRoot, steps: [{ uses: './actions/early' }] });
  expect(log).toEqual([
    {
      stream: 'runner',
      line: "##[warning]`pre` execution is not supported for local action from './actions/early'",
    },
    { stream: 'stdout', line: 'main' },
  ]);
});
