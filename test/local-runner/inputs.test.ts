import { expect, it } from 'vitest';
import { type ActionStep, type JobSpec, runJob } from '#local-runner';
import { aRepository } from '../support/action-folder.ts';
import { expression } from '../support/expression.ts';

const printInputs = `
  const inputs = Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_')).sort();
  console.log(JSON.stringify(Object.fromEntries(inputs)));
`;

async function given(
  inputs: Readonly<Record<string, object>>,
  given: ActionStep['with'],
  spec: Partial<JobSpec> = {},
): Promise<{ outcome: string; seen: unknown; annotations: unknown }> {
  const repositoryRoot = await aRepository({ show: { inputs, main: printInputs } });
  const step: ActionStep = { uses: './actions/show', ...(given === undefined ? {} : { with: given }) };
  const { steps } = await runJob({ repositoryRoot, ...spec, steps: [...(spec.steps ?? []), step] });
  const last = steps.at(-1);
  const line = last?.log.find(({ stream }) => stream === 'stdout')?.line;
  return {
    outcome: last?.outcome ?? 'none',
    seen: line === undefined ? undefined : JSON.parse(line),
    annotations: last?.annotations,
  };
}

it('names inputs in upper case, spaces as underscores, hyphens kept', async () => {
  expect(await given({ 'app-name': {}, 'a b': {} }, { 'app-name': 'shop', 'a b': 'x' })).toEqual({
    outcome: 'success',
    seen: { 'INPUT_APP-NAME': 'shop', INPUT_A_B: 'x' },
    annotations: [],
  });
});

it('gives an input without default that is left out as empty, even a required one', async () => {
  const { seen } = await given({ must: { required: true }, may: {} }, undefined);
  expect(seen).toEqual({ INPUT_MUST: '', INPUT_MAY: '' });
});

it('evaluates expressions in defaults', async () => {
  const { seen } = await given(
    {
      token: { default: expression('github.token') },
      where: { default: `${expression('github.repository')} on ${expression('runner.os')}` },
      flag: { default: true },
      count: { default: 5 },
    },
    undefined,
    { github: { token: 'ghs', repository: 'acme/till' }, runnerOs: 'macOS' },
  );
  // what is printed is masked: the process itself had the token
  expect(seen).toEqual({
    INPUT_TOKEN: '***',
    INPUT_WHERE: 'acme/till on macOS',
    INPUT_FLAG: 'true',
    INPUT_COUNT: '5',
  });
});

it('refuses a default that names a context defaults may not name', async () => {
  const repositoryRoot = await aRepository({
    show: { inputs: { key: { default: expression('secrets.KEY') } }, main: printInputs },
  });
  const { steps } = await runJob({ repositoryRoot, steps: [{ uses: './actions/show' }] });
  expect(steps.map(({ outcome, exitCode, annotations }) => ({ outcome, exitCode, annotations }))).toEqual([
    {
      outcome: 'failure',
      exitCode: null,
      annotations: [{ level: 'error', message: "Unrecognized named-value: 'secrets'" }],
    },
  ]);
});

it('evaluates what the step gives over every context a step has', async () => {
  const { seen } = await given(
    { all: {} },
    {
      ALL: [
        'github.sha',
        'env.NAME',
        'steps.before.outputs.url',
        'inputs.go',
        'job.status',
        'steps.before.outcome',
      ]
        .map(expression)
        .join(' '),
    },
    {
      env: { NAME: 'shop' },
      inputs: { go: true },
      github: { sha: 'abc123' },
      steps: [{ id: 'before', run: 'echo "url=https://x" >> "$GITHUB_OUTPUT"' }],
    },
  );
  expect(seen).toEqual({ INPUT_ALL: 'abc123 shop https://x true success success' });
});

it('warns of an unknown input and passes it on all the same', async () => {
  expect(await given({ app: {}, image: {} }, { ap: 'x', App: 'y' })).toEqual({
    outcome: 'success',
    seen: { INPUT_APP: 'y', INPUT_AP: 'x', INPUT_IMAGE: '' },
    annotations: [
      { level: 'warning', message: "Unexpected input(s) 'ap', valid inputs are ['app', 'image']" },
    ],
  });
});

it('warns of a deprecated input only when it is given', async () => {
  const inputs = { old: { deprecationMessage: 'use new' }, older: { deprecationMessage: 'use old' } };
  const { annotations } = await given(inputs, { old: 'x' });
  expect(annotations).toEqual([
    { level: 'warning', message: "Input 'old' has been deprecated with message: use new" },
  ]);
});
