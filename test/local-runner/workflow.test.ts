import { describe, expect, it } from 'vitest';
import { type GitHubFacts, playWorkflow, readWorkflow, runJob, type Values } from '#local-runner';
import { aFolder, aRepository } from '../support/action-folder.ts';
import { expression } from '../support/expression.ts';

/** How each job ended, with what it printed: `test: success: hello`. */
async function played(
  text: string,
  github: GitHubFacts = {},
  inputs: Values = {},
): Promise<readonly string[]> {
  const event = { github: { event_name: 'push', ...github }, inputs };
  const jobs = await playWorkflow(readWorkflow(text), event, ({ id: _, permissions: __, ...spec }) =>
    runJob({ ...spec, repositoryRoot: '/nowhere' }),
  );
  return jobs.map(({ id, result, job }) =>
    [id, result, ...(job?.log ?? []).map(({ line }) => line)].join(': '),
  );
}

/** A workflow of one job that says hello. */
const greeting = (on: string) => `
on: ${on}
jobs: { greet: { runs-on: ubuntu-latest, steps: [{ run: echo hello }] } }
`;

describe('an event', () => {
  const run = (workflow: string, head: string) => ({
    ...{
      event_name: 'workflow_run',
      event: { action: 'completed', workflow_run: { name: workflow, head_branch: head } },
    },
  });
  const pull = (action: string, base = 'main') => ({
    event_name: 'pull_request',
    event: { action, pull_request: { base: { ref: base } } },
  });

  it.each([
    { name: 'a push', on: 'push', facts: {}, starts: true },
    { name: 'a push, in a list', on: '[pull_request, push]', facts: {}, starts: true },
    { name: 'another event', on: 'push', facts: { event_name: 'schedule' }, starts: false },
    { name: 'a push to its branch', on: '{ push: { branches: [main] } }', facts: {}, starts: true },
    { name: 'a push to another', on: '{ push: { branches: [next] } }', facts: {}, starts: false },
    {
      name: 'a push by a pattern',
      on: "{ push: { branches: ['release/**'] } }",
      facts: { ref: 'refs/heads/release/1/2' },
      starts: true,
    },
    {
      name: 'a push past a slash',
      on: "{ push: { branches: ['release*'] } }",
      facts: { ref: 'refs/heads/release/1' },
      starts: false,
    },
    { name: 'a usual type', on: 'pull_request', facts: pull('opened'), starts: true },
    { name: 'a type nobody asked for', on: 'pull_request', facts: pull('closed'), starts: false },
    {
      name: 'a type that is named',
      on: '{ pull_request: { types: [closed] } }',
      facts: pull('closed'),
      starts: true,
    },
    {
      name: 'a pull request to another branch',
      on: '{ pull_request: { branches: [main] } }',
      facts: pull('opened', 'next'),
      starts: false,
    },
    {
      name: 'the workflow it follows',
      on: '{ workflow_run: { workflows: [test], branches: [main] } }',
      facts: run('test', 'main'),
      starts: true,
    },
    {
      name: 'another workflow',
      on: '{ workflow_run: { workflows: [test] } }',
      facts: run('lint', 'main'),
      starts: false,
    },
    {
      name: 'a run of another branch',
      on: '{ workflow_run: { workflows: [test], branches: [main] } }',
      facts: run('test', 'topic'),
      starts: false,
    },
  ])('starts a workflow only where it should: $name', async ({ on, facts, starts }) => {
    expect(await played(greeting(on), facts)).toEqual(starts ? ['greet: success: hello'] : []);
  });
});

describe('a dispatch', () => {
  const workflow = `
on:
  workflow_dispatch:
    inputs: { to: { default: v1 }, reason: { required: true } }
jobs:
  back:
    runs-on: ubuntu-latest
    if: inputs.reason != 'none'
    env: { TO: '${expression('inputs.to')}', REASON: '${expression('inputs.reason')}' }
    steps: [{ run: echo "$TO $REASON" }]
`;
  const dispatch = { event_name: 'workflow_dispatch' };

  it('fills in what was not given', async () => {
    expect(await played(workflow, dispatch, { reason: 'slow' })).toEqual(['back: success: v1 slow']);
    expect(await played(workflow, dispatch, { to: 'v2', reason: 'none' })).toEqual(['back: skipped']);
  });

  it('is refused without what it needs, and with what it does not know', async () => {
    await expect(played(workflow, dispatch)).rejects.toThrow("Required input 'reason' not provided");
    await expect(played(workflow, dispatch, { reason: 'slow', too: 'v1' })).rejects.toThrow(
      'Unexpected inputs provided: too',
    );
  });
});

describe('jobs', () => {
  const jobs = (first: string) => `
on: push
env: { WHO: world }
jobs:
  last:
    needs: [first, second]
    if: always()
    runs-on: ubuntu-latest
    env: { FIRST: '${expression('needs.first.result')}', SECOND: '${expression('needs.second.result')}' }
    steps: [{ run: echo "$FIRST $SECOND" }]
  second:
    needs: first
    runs-on: ubuntu-latest
    env: { SAID: '${expression('needs.first.outputs.said')}' }
    steps: [{ run: echo "$SAID" }]
  first:
    runs-on: ubuntu-latest
    outputs: { said: '${expression('steps.say.outputs.said')}' }
    steps:
      - { id: say, run: '${first}' }
`;

  it('run after those they need, and know how those ended and what they said', async () => {
    expect(await played(jobs('echo "said=hello $WHO" >> "$GITHUB_OUTPUT"'))).toEqual([
      ...['last: success: success success', 'second: success: hello world', 'first: success'],
    ]);
  });

  it('are skipped where one that they need failed, unless they say otherwise', async () => {
    expect(await played(jobs('exit 3'))).toEqual([
      ...['last: success: failure skipped', 'second: skipped'],
      'first: failure: ##[error]Process completed with exit code 3.',
    ]);
  });

  it('that need each other never begin', async () => {
    const circle = 'on: push\njobs: { a: { needs: b, steps: [] }, b: { needs: a, steps: [] } }';
    await expect(played(circle)).rejects.toThrow('The jobs a, b wait for each other.');
  });

  it.each(['strategy: { matrix: { a: [1] } }', 'uses: ./x.yml', 'container: node', 'services: {}'])(
    'that are act’s to play are refused: %s',
    (line) => {
      expect(() => readWorkflow(`on: push\njobs: { a: { ${line} } }`)).toThrow(
        `The job 'a' has ${line.split(':')[0]}, which is not played here.`,
      );
    },
  );
});

describe('an action of another repository', () => {
  const say =
    "console.log([process.env.GITHUB_ACTION, process.env.GITHUB_ACTION_REPOSITORY, process.env.GITHUB_ACTION_REF].join(' '))";

  it('is the folder that stands for it, and is told where it comes from', async () => {
    const place = await aRepository({ say: { main: say } });
    const { log, conclusion } = await runJob({
      repositoryRoot: await aFolder(),
      actions: { 'acme/tools': place, 'acme/say': `${place}/actions/say` },
      steps: [{ uses: 'acme/tools/actions/say@v1' }, { uses: 'acme/say@c0ffee' }, { uses: 'acme/say@v2' }],
    });
    expect([conclusion, ...log.map(({ line }) => line)]).toEqual([
      ...['success', '__acme_tools acme/tools v1', '__acme_say acme/say c0ffee', '__acme_say_2 acme/say v2'],
    ]);
  });

  it.each([
    ['acme/tools@v1', '##[error]Unable to resolve action `acme/tools@v1`, repository not found'],
    ['acme/tools', "##[error]Expected format {org}/{repo}[/path]@ref. Actual 'acme/tools'"],
  ] as const)('that nobody brought fails its step: %s', async (uses, line) => {
    const steps = [{ uses: uses as 'acme/tools@v1' }];
    const { log, conclusion } = await runJob({ repositoryRoot: await aFolder(), steps });
    expect([conclusion, ...log.map((one) => one.line)]).toEqual(['failure', line]);
  });
});
