import { expect, it } from 'vitest';
import { type JobSpec, runJob, type Step } from '#local-runner';
import { aFolder, aRepository } from '../support/action-folder.ts';

async function job(steps: readonly Step[], spec: Partial<JobSpec> = {}) {
  return runJob({ repositoryRoot: await aRepository(), steps, ...spec });
}

const write = (file: string, text: string) => `printf '${text}' >> "$GITHUB_${file}"`;

it('reads what a failed step wrote', async () => {
  const { steps } = await job([{ id: 'a', run: `${write('OUTPUT', 'x=1\\n')}; exit 1` }]);
  expect(steps[0]).toMatchObject({ outcome: 'failure', outputs: { x: '1' } });
});

it('throws the outputs of a step without an id away', async () => {
  const { steps } = await job([{ run: write('OUTPUT', 'x=1\\n') }]);
  expect(steps[0]?.outputs).toEqual({});
});

it('fails a step that wrote what cannot be read, and keeps the entries before it', async () => {
  const { steps } = await job([{ id: 'a', run: write('OUTPUT', 'x=1\\ny\\nz=3\\n') }]);
  expect(steps[0]).toMatchObject({
    outcome: 'failure',
    exitCode: 0,
    outputs: { x: '1' },
    annotations: [
      { level: 'error', message: "Unable to process file command 'output' successfully." },
      { level: 'error', message: "Invalid format 'y'" },
    ],
  });
});

it('gives later steps the environment, and refuses NODE_OPTIONS without failing', async () => {
  const { steps } = await job([
    { run: write('ENV', 'A=1\\nNODE_OPTIONS=--inspect\\nB<<E\\n2\\n3\\nE\\n') },
    { run: 'echo "$A $B [$NODE_OPTIONS]"' },
  ]);
  expect(steps.map(({ outcome, annotations, log }) => ({ outcome, annotations, log }))).toEqual([
    {
      outcome: 'success',
      annotations: [
        { level: 'error', message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command." },
      ],
      log: [
        {
          stream: 'runner',
          line: "##[error]Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
        },
      ],
    },
    {
      outcome: 'success',
      annotations: [],
      log: [
        { stream: 'stdout', line: '1 2' },
        { stream: 'stdout', line: '3 []' },
      ],
    },
  ]);
});

it('puts the path written last first, and moves one written again', async () => {
  const { steps } = await job([
    { run: write('PATH', '/one\\n\\n/two\\n') },
    { run: write('PATH', '/one\\n') },
    { run: 'echo "$PATH"' },
  ]);
  expect(steps[2]?.log[0]?.line).toBe(`/one:/two:${process.env.PATH}`);
});

it('gives every stage files of its own, and leaves none behind', async () => {
  const temp = await aFolder();
  const { steps } = await job(
    [
      { run: 'echo "$GITHUB_OUTPUT"' },
      { run: 'echo "$GITHUB_OUTPUT"; ls "$(dirname "$GITHUB_OUTPUT")" | wc -l' },
    ],
    { temp },
  );
  const [first, second, count] = steps.flatMap(({ log }) => log.map(({ line }) => line));
  expect(first).not.toBe(second);
  expect(count?.trim()).toBe('5');
});

it('goes on when a step deleted its files', async () => {
  const { conclusion } = await job([{ run: 'rm "$GITHUB_OUTPUT" "$GITHUB_STEP_SUMMARY"' }]);
  expect(conclusion).toBe('success');
});

it('keeps each step’s summary, masked line by line', async () => {
  const { summary, steps } = await job(
    [{ run: write('STEP_SUMMARY', '# One\\nkey hunter2\\n') }, { run: write('STEP_SUMMARY', '# Two\\n') }],
    { secrets: { KEY: 'hunter2' } },
  );
  expect({ summary, each: steps.map((step) => step.summary) }).toEqual({
    summary: '# One\nkey ***\n# Two\n',
    each: ['# One\nkey ***\n', '# Two\n'],
  });
});

it.each([
  { name: 'keeps a summary of exactly 1 MiB', bytes: 1024 * 1024, length: 1024 * 1024, annotations: [] },
  {
    name: 'drops a larger summary and leaves the step’s result as it is',
    bytes: 1024 * 1024 + 1,
    length: 0,
    annotations: [
      {
        level: 'error',
        message: '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1024k.',
      },
    ],
  },
])('$name', async ({ bytes, length, annotations }) => {
  const { steps, conclusion } = await job([
    { run: `head -c ${bytes} /dev/zero | tr '\\0' x > "$GITHUB_STEP_SUMMARY"` },
  ]);
  expect({ conclusion, length: steps[0]?.summary.length, annotations: steps[0]?.annotations }).toEqual({
    conclusion: 'success',
    length,
    annotations,
  });
});
