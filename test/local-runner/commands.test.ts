import { expect, it } from 'vitest';
import { type JobSpec, runJob } from '#local-runner';
import { aRepository } from '../support/action-folder.ts';

/** Prints the lines from a script, and answers what the runner made of them. */
async function printed(lines: readonly string[], spec: Partial<JobSpec> = {}) {
  const repositoryRoot = await aRepository();
  const run = `cat <<'END_OF_LINES'\n${lines.join('\n')}\nEND_OF_LINES`;
  const { steps } = await runJob({ repositoryRoot, steps: [{ id: 'print', run }], ...spec });
  const step = steps[0];
  return {
    outcome: step?.outcome,
    log: step?.log.map(({ line }) => line),
    annotations: step?.annotations,
    outputs: step?.outputs,
    state: step?.state,
  };
}

const nothing = { outcome: 'success', annotations: [], outputs: {}, state: {} };

it('makes annotations, with their place and masked', async () => {
  expect(
    await printed(
      ['::error file=a.js,line=3,title=Bad hunter2::it %25 broke%0Ahunter2', '  ::WARNING::w', '##[notice]n'],
      { secrets: { KEY: 'hunter2' } },
    ),
  ).toEqual({
    ...nothing,
    log: ['##[error]it % broke\n***', '##[warning]w', '##[notice]n'],
    annotations: [
      { level: 'error', message: 'it % broke\n***', title: 'Bad ***', file: 'a.js', line: 3 },
      { level: 'warning', message: 'w' },
      { level: 'notice', message: 'n' },
    ],
  });
});

it('keeps ten annotations of a level, and all their lines', async () => {
  const { annotations, log } = await printed([...Array(12).fill('::error::e'), '::warning::w']);
  expect({ kept: annotations?.map(({ level }) => level), lines: log?.length }).toEqual({
    kept: [...Array(10).fill('error'), 'warning'],
    lines: 13,
  });
});

it('cuts a message at 4,096 characters', async () => {
  const { annotations } = await printed([`::error::${'x'.repeat(5000)}`]);
  expect(annotations?.[0]?.message.length).toBe(4096);
});

it('prints unknown commands as text', async () => {
  const lines = ['::nope::x', '##[section]x', 'see ::error::x'];
  expect(await printed(lines)).toEqual({ ...nothing, log: lines });
});

it('shows groups by their markers', async () => {
  const { log } = await printed(['::group::Deploy', 'work', '::endgroup::']);
  expect(log).toEqual(['##[group]Deploy', 'work', '##[endgroup]']);
});

it.each([
  { debug: false, log: ['seen'] },
  { debug: true, log: ['##[debug]inside', 'seen'] },
])('shows debug lines only with step debug on ($debug)', async ({ debug, log }) => {
  expect((await printed(['::debug::inside', 'seen'], { debug })).log).toEqual(log);
});

it('takes commands for text between stop-commands and its token, in any case', async () => {
  const lines = ['::stop-commands::enough', '::error::x', '##[error]y', '::ENOUGH::', '::error::z'];
  expect(await printed(lines)).toEqual({
    ...nothing,
    log: ['::stop-commands::enough', '::error::x', '##[error]y', '::ENOUGH::', '##[error]z'],
    annotations: [{ level: 'error', message: 'z' }],
  });
});

it('masks a stop token longer than six characters', async () => {
  const { log } = await printed(['::stop-commands::longtoken', 'x longtoken', '::longtoken::', 'y']);
  expect(log).toEqual(['::stop-commands::***', 'x ***', '::***::', 'y']);
});

it.each(['', 'pause-logging', 'warning'])('refuses %j as a stop token and fails the step', async (token) => {
  const { outcome, annotations } = await printed([`::stop-commands::${token}`]);
  expect({ outcome, annotations }).toEqual({
    outcome: 'failure',
    annotations: [
      { level: 'error', message: "Unable to process command 'stop-commands' successfully." },
      {
        level: 'error',
        message:
          "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.",
      },
    ],
  });
});

it.each(['set-env', 'add-path'])('fails a step that uses the disabled %s', async (command) => {
  expect(await printed([`::${command} name=A::1`, 'later'])).toEqual({
    ...nothing,
    outcome: 'failure',
    log: [
      `##[error]Unable to process command '::${command} name=A::1' successfully.`,
      `##[error]The \`${command}\` command is disabled. Please upgrade to using Environment Files.`,
      'later',
    ],
    annotations: [
      { level: 'error', message: `Unable to process command '::${command} name=A::1' successfully.` },
      {
        level: 'error',
        message: `The \`${command}\` command is disabled. Please upgrade to using Environment Files.`,
      },
    ],
  });
});

it('still carries out the deprecated set-output and save-state', async () => {
  const { outcome, outputs, state, annotations } = await printed([
    '::set-output name=url::https://x',
    '::save-state name=pid::7',
  ]);
  expect({ outcome, outputs, state, warnings: annotations?.map(({ message }) => message) }).toEqual({
    outcome: 'success',
    outputs: { url: 'https://x' },
    state: { pid: '7' },
    warnings: [
      'The `set-output` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.',
      'The `save-state` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.',
    ],
  });
});

it('echoes commands between echo on and off, masks apart', async () => {
  const { log } = await printed([
    '::group::quiet',
    '::echo::on',
    '::group::loud',
    '::add-mask::hunter2',
    '::error::x',
    '::echo::off',
    'is hunter2',
  ]);
  expect(log).toEqual([
    '##[group]quiet',
    '::group::loud',
    '##[group]loud',
    '::add-mask::***',
    '##[error]x',
    '::echo::off',
    'is ***',
  ]);
});

it('masks from add-mask on, in later steps too, and every line of a value', async () => {
  const repositoryRoot = await aRepository();
  const { log, masks } = await runJob({
    repositoryRoot,
    steps: [
      { run: 'echo early key1; echo "::add-mask::key1%0A key2 "; echo key1 key2' },
      { run: 'echo key2 >&2' },
    ],
  });
  expect({ log, masks }).toEqual({
    log: [
      { stream: 'stdout', line: 'early key1' },
      { stream: 'stdout', line: '*** ***' },
      { stream: 'stderr', line: '***' },
    ],
    masks: ['key1\n key2 ', 'key1', 'key2'],
  });
});

it('refuses a blank mask with a warning', async () => {
  expect(await printed(['::add-mask:: ', 'a b'])).toEqual({
    ...nothing,
    log: ["##[warning]Can't add secret mask for empty string in ##[add-mask] command.", 'a b'],
    annotations: [
      { level: 'warning', message: "Can't add secret mask for empty string in ##[add-mask] command." },
    ],
  });
});

it('starts every stage with commands on', async () => {
  const { steps } = await runJob({
    repositoryRoot: await aRepository(),
    steps: [{ run: 'echo ::stop-commands::enough' }, { run: 'echo ::notice::x' }],
  });
  expect(steps[1]?.annotations).toEqual([{ level: 'notice', message: 'x' }]);
});
