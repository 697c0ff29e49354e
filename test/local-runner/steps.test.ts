import { describe, expect, it } from 'vitest';
import { type JobSpec, runJob, type Step } from '#local-runner';
import { aRepository } from '../support/action-folder.ts';
import { expression } from '../support/expression.ts';

async function job(steps: readonly Step[], spec: Partial<JobSpec> = {}) {
  const result = await runJob({ repositoryRoot: await aRepository(), steps, ...spec });
  const lines = result.log.map(({ line }) => line);
  return { result, lines, outcomes: result.steps.map(({ outcome }) => outcome) };
}

describe('conditions', () => {
  it('skips later steps after a failure, unless they ask for it', async () => {
    const { result, outcomes } = await job([
      { run: 'exit 3' },
      { run: 'true' },
      { run: 'true', if: 'failure()' },
      { run: 'true', if: 'always()' },
      { run: 'true', if: 'cancelled()' },
    ]);
    expect({ conclusion: result.conclusion, outcomes, exitCode: result.steps[0]?.exitCode }).toEqual({
      conclusion: 'failure',
      outcomes: ['failure', 'skipped', 'success', 'success', 'skipped'],
      exitCode: 3,
    });
    expect(result.steps[0]?.annotations).toEqual([
      { level: 'error', message: 'Process completed with exit code 3.' },
    ]);
  });

  it('goes on after a failure with continue-on-error, and remembers the outcome', async () => {
    const { result, lines } = await job([
      { id: 'try', run: 'exit 1', 'continue-on-error': expression("github.event_name == 'push'") },
      {
        run: `echo "${expression('steps.try.outcome')} ${expression('steps.try.conclusion')} ${expression('job.status')}"`,
      },
    ]);
    expect(result.conclusion).toBe('success');
    expect(lines).toEqual(['##[error]Process completed with exit code 1.', 'failure success success']);
  });

  it('fails a step whose condition cannot be read', async () => {
    const { result, outcomes } = await job([{ run: 'true', if: 'secrets.KEY' }]);
    expect({ conclusion: result.conclusion, outcomes }).toEqual({
      conclusion: 'failure',
      outcomes: ['failure'],
    });
    expect(result.steps[0]?.annotations).toEqual([
      { level: 'error', message: "Unrecognized named-value: 'secrets'" },
    ]);
  });
});

describe('scripts', () => {
  it.each([
    { shell: undefined, run: 'false | true; echo on', outcome: 'success' },
    { shell: undefined, run: 'false; echo on', outcome: 'failure' },
    { shell: 'bash', run: 'false | true; echo on', outcome: 'failure' },
    { shell: 'sh', run: 'false; echo on', outcome: 'failure' },
    { shell: 'sh', run: 'echo on', outcome: 'success' },
  ] as const)('ends `$run` under shell $shell as $outcome', async ({ shell, run, outcome }) => {
    const { outcomes } = await job([{ run, ...(shell === undefined ? {} : { shell }) }]);
    expect(outcomes).toEqual([outcome]);
  });

  it('shows a step by its name, filled in, or by its first line', async () => {
    const { result } = await job([
      { run: '\n echo one\n echo two' },
      { run: 'true', name: `at ${expression('github.job')}` },
    ]);
    expect(result.steps.map(({ name }) => name)).toEqual(['Run echo one', 'at local']);
  });

  it('answers 128 and the signal’s number when a signal ended it', async () => {
    const { result } = await job([{ run: 'kill -KILL $$' }]);
    expect(result.steps[0]?.exitCode).toBe(137);
  });
});

describe('actions that cannot start', () => {
  it.each([
    {
      name: 'no manifest',
      uses: './actions/none' as const,
      message: /^Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '.*none'/,
    },
    { name: 'no main script', uses: './actions/hollow' as const, message: /^File not found: '.*gone.js'$/ },
  ])('fail their step when there is $name', async ({ uses, message }) => {
    const repositoryRoot = await aRepository({ hollow: { main: '', mainFile: 'gone.js' } });
    const { result } = await job([{ uses }], { repositoryRoot });
    expect(
      result.steps.map(({ outcome, exitCode, annotations }) => ({ outcome, exitCode, annotations })),
    ).toEqual([
      {
        outcome: 'failure',
        exitCode: null,
        annotations: [{ level: 'error', message: expect.stringMatching(message) }],
      },
    ]);
  });
});

it('fails a step when the runner’s Node is not where it should be', async () => {
  const repositoryRoot = await aRepository({ plain: { main: '' } });
  const { result } = await job([{ uses: './actions/plain' }], { repositoryRoot, node: '/nowhere/node' });
  expect(result.steps[0]).toMatchObject({
    outcome: 'failure',
    exitCode: null,
    annotations: [{ level: 'error', message: 'spawn /nowhere/node ENOENT' }],
  });
});

it('fails a step whose time limit is no number', async () => {
  const { result } = await job([{ run: 'true', 'timeout-minutes': 'soon' }]);
  expect(result.steps[0]?.annotations).toEqual([
    { level: 'error', message: "Unexpected value 'soon' for timeout-minutes" },
  ]);
});

describe('job outputs', () => {
  it('are filled in from the steps; empty ones and those with a secret are dropped', async () => {
    const { result } = await job(
      [
        {
          id: 'ship',
          run: 'echo "url=https://x" >> "$GITHUB_OUTPUT"; echo "key=my-hunter2" >> "$GITHUB_OUTPUT"',
        },
      ],
      {
        secrets: { KEY: 'hunter2' },
        outputs: {
          url: expression('steps.ship.outputs.url'),
          key: expression('steps.ship.outputs.key'),
          none: expression('steps.ship.outputs.none'),
        },
      },
    );
    expect({ outputs: result.outputs, stepKeeps: result.steps[0]?.outputs, log: result.log }).toEqual({
      outputs: { url: 'https://x' },
      stepKeeps: { url: 'https://x', key: 'my-hunter2' },
      log: [{ stream: 'runner', line: "##[warning]Skip output 'key' since it may contain secret." }],
    });
  });
});
