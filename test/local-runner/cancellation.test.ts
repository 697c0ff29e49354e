import { expect, it } from 'vitest';
import { type JobSpec, runJob, type Step } from '#local-runner';
import { aRepository, type TinyAction } from '../support/action-folder.ts';

const ladder = { afterInterruptMs: 150, afterTerminateMs: 400 };
/** For actions that obey: on a busy machine they must not be overtaken by the next signal. */
const patient = { afterInterruptMs: 5_000, afterTerminateMs: 5_000 };

/** Cancels the job when a line says `ready`, and once more for the service's cut-off when asked. */
async function cancelled(
  actions: Record<string, TinyAction>,
  steps: readonly Step[],
  spec: Partial<JobSpec> = {},
) {
  const controller = new AbortController();
  const result = await runJob({
    repositoryRoot: await aRepository(actions),
    steps,
    ladder,
    heldOutputMs: 100,
    signal: controller.signal,
    onLine: ({ line }) => {
      if (line === 'ready') controller.abort();
    },
    ...spec,
  });
  const outline = result.steps.map(({ name, outcome, exitCode, log }) => ({
    name: name.replace(/Run .*\//, ''),
    outcome,
    exitCode,
    lines: log.filter(({ line }) => line !== 'ready').map(({ line }) => line),
  }));
  return { conclusion: result.conclusion, outline, result };
}

const canceled = '##[error]The operation was canceled.';

/** Says `ready` and stays, logging every signal; leaves on the one named. */
const staysUntil = (last: string) => `
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => { console.log(signal); if (signal === '${last}') process.exit(0); });
  }
  setInterval(() => undefined, 1000);
  console.log('ready');
`;

it.each([
  { name: 'leaves on SIGINT', last: 'SIGINT', exitCode: 0, lines: ['SIGINT', canceled], steps: patient },
  {
    name: 'leaves on SIGTERM',
    last: 'SIGTERM',
    exitCode: 0,
    lines: ['SIGINT', 'SIGTERM', canceled],
    steps: { ...patient, afterInterruptMs: 150 },
  },
  {
    name: 'never leaves, so is killed',
    last: 'never',
    exitCode: 137,
    lines: ['SIGINT', 'SIGTERM', canceled],
    steps: ladder,
  },
])('goes down the ladder for an action that $name; cancelled whatever its exit code', async (row) => {
  const actions = { stay: { main: staysUntil(row.last) } };
  const { conclusion, outline } = await cancelled(actions, [{ uses: './actions/stay' }], {
    ladder: row.steps,
  });
  expect({ conclusion, outline }).toEqual({
    conclusion: 'cancelled',
    outline: [{ name: 'stay', outcome: 'cancelled', exitCode: row.exitCode, lines: row.lines }],
  });
});

it('waits as long as the ladder says between the signals', async () => {
  const main = staysUntil('never').replace('console.log(signal)', 'console.log(Date.now())');
  const started = Date.now();
  const { outline } = await cancelled({ stay: { main } }, [{ uses: './actions/stay' }]);
  const [interrupt, terminate] = (outline[0]?.lines ?? []).map(Number);
  expect((terminate ?? 0) - (interrupt ?? 0)).toBeGreaterThanOrEqual(ladder.afterInterruptMs - 20);
  expect(Date.now() - started).toBeGreaterThanOrEqual(ladder.afterInterruptMs + ladder.afterTerminateMs);
});

it('skips later steps after a cancel but for always() and cancelled(), then runs posts with the saved state', async () => {
  const deploy = {
    main: `write('STATE', 'began=yes\\n');${staysUntil('never')}`,
    post: `console.log('began ' + process.env.STATE_began);`,
  };
  const { conclusion, outline } = await cancelled({ deploy }, [
    { uses: './actions/deploy' },
    { run: 'echo plain', name: 'plain' },
    { run: 'echo failure', name: 'failure', if: 'failure()' },
    { run: 'echo always', name: 'always', if: 'always()' },
    { run: 'exit 1', name: 'cancelled', if: 'cancelled()' },
  ]);
  expect(conclusion).toBe('cancelled');
  expect(outline.map(({ name, outcome, lines }) => [name, outcome, ...lines])).toEqual([
    ['deploy', 'cancelled', 'SIGINT', 'SIGTERM', canceled],
    ['plain', 'skipped'],
    ['failure', 'skipped'],
    ['always', 'success', 'always'],
    ['cancelled', 'failure', '##[error]Process completed with exit code 1.'],
    ['Post deploy', 'success', 'began yes'],
  ]);
});

it('leaves a running step alone whose condition still holds', async () => {
  const { conclusion, outline } = await cancelled({}, [
    { run: 'echo ready; sleep 0.3; echo done', name: 'cleanup', if: 'always()' },
  ]);
  expect({ conclusion, outline }).toEqual({
    conclusion: 'cancelled',
    outline: [{ name: 'cleanup', outcome: 'success', exitCode: 0, lines: ['done'] }],
  });
});

it('leaves a running post alone, until the service gives up on the job and kills it', async () => {
  const actions = {
    first: { main: '', post: `console.log('never seen');` },
    slow: { main: '', post: staysUntil('SIGINT') },
  };
  const steps: Step[] = [{ uses: './actions/first' }, { uses: './actions/slow' }];
  const { conclusion, outline } = await cancelled(actions, steps, { cutOffMs: 300 });
  expect(conclusion).toBe('cancelled');
  expect(outline.slice(2)).toEqual([
    { name: 'Post slow', outcome: 'cancelled', exitCode: 137, lines: [canceled] },
  ]);
});

it('skips every step of a job cancelled before it began', async () => {
  const { conclusion, outline } = await cancelled({}, [{ run: 'echo no' }], { signal: AbortSignal.abort() });
  expect([conclusion, outline[0]?.outcome]).toEqual(['cancelled', 'skipped']);
});

it('fails, not cancels, a step that ran out of time, by the same ladder', async () => {
  const { conclusion, outline } = await cancelled(
    { stay: { main: staysUntil('SIGINT').replace("'ready'", "'up'") } },
    [
      { uses: './actions/stay', 'timeout-minutes': 0.02 },
      { run: 'echo sorry', name: 'sorry', if: 'failure()' },
    ],
    { ladder: patient },
  );
  expect({ conclusion, outline }).toEqual({
    conclusion: 'failure',
    outline: [
      {
        name: 'stay',
        outcome: 'failure',
        exitCode: 0,
        lines: ['up', 'SIGINT', "##[error]The action 'Run ./actions/stay' has timed out after 0.02 minutes."],
      },
      { name: 'sorry', outcome: 'success', exitCode: 0, lines: ['sorry'] },
    ],
  });
});
