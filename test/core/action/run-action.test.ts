import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const [probe, post] = ['probe-action.ts', 'probe-post.ts'].map((file) => join(import.meta.dirname, file)) as [
  string,
  string,
];
const base = mkdtempSync(join(tmpdir(), 'belay-action-'));
let files: Record<'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY', string>;
let count = 0;

beforeEach(() => {
  count += 1;
  const file = (name: string) => join(base, `${name}-${count}`);
  files = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
  };
  for (const path of Object.values(files)) writeFileSync(path, '');
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Observed {
  readonly onLine?: (line: string, child: ChildProcess) => void;
  /** The probe's main unless it is `post`. */
  readonly entry?: string;
}

interface Ended {
  readonly code: number | null;
  /** The log, but for debug lines. */
  readonly lines: readonly string[];
  readonly debug: readonly string[];
  /** `outcome/reason/serving`, as written to GITHUB_OUTPUT. */
  readonly answer: string;
}

/** Runs the probe with only these variables; `onLine` may act on the process while it runs. */
async function run(env: Record<string, string>, { onLine, entry = probe }: Observed = {}): Promise<Ended> {
  const child = spawn(process.execPath, [entry], { env: { ...files, ...env } });
  const lines: string[] = [];
  const debug: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      (line.startsWith('::debug::') ? debug : lines).push(line);
      onLine?.(line, child);
    }
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(errors).toBe('');
  const { outcome, reason, serving } = fileCommands(files.GITHUB_OUTPUT);
  return { code, lines, debug, answer: `${outcome}/${reason}/${serving}` };
}

/** Values of a command file written with delimiters. */
function fileCommands(file: string): Record<string, string> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const blocks = text.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...blocks].map(([, name, , value]) => [name, value]));
}

const nothingShipped =
  'Nothing was shipped by this step: no release has taken the place of what served before.';

describe('main', () => {
  it('writes a green result down and exits 0', async () => {
    const ended = await run({ INPUT_DO: 'work', INPUT_TOKEN: 'hush-hush' });
    expect(ended).toEqual({
      code: 0,
      debug: [],
      lines: [
        '::add-mask::hush-hush',
        '::add-mask::687573682d68757368',
        '::add-mask::687573682D68757368',
        ': :notice::Done.',
      ],
      answer: 'done/installed/unknown',
    });
    expect(fileCommands(files.GITHUB_OUTPUT)).toMatchObject({
      text: 'two\nlines',
      'duration-ms': expect.stringMatching(/^\d+$/),
    });
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# Done\n');
  });

  it('reports wrong inputs as such', async () => {
    const ended = await run({});
    expect(ended).toMatchObject({
      code: 1,
      lines: [
        "::error::input-invalid: `do` is required and was not given. Next: Correct `do` in the step's `with:`.",
        nothingShipped,
      ],
      answer: 'error/input-invalid/unknown',
    });
  });

  it.each([
    ['false', 'went well', 'work'],
    ['false', 'failed before anything was changed', 'fail'],
    ['true', 'broke', 'break'],
    ['false', 'was cancelled before anything was begun', 'obey'],
  ])('says needs-a-person: %s of a run that %s', async (said, _, task) => {
    await run({ INPUT_DO: task }, { onLine: interrupted });
    expect(fileCommands(files.GITHUB_OUTPUT)['needs-a-person']).toBe(said);
  });

  it('prints a failure once, its details without any command in them', async () => {
    const ended = await run({ INPUT_DO: 'fail' });
    expect(ended).toMatchObject({
      code: 1,
      lines: [
        '::error::app-not-found: No app shop. Next: Correct it.',
        '::group::Details of app-not-found',
        ': :error::forged',
        '## [group]forged',
        '::endgroup::',
        nothingShipped,
      ],
      answer: 'error/app-not-found/unknown',
    });
  });

  it.each([
    ['an error that is no failure of the user’s', 'break', 'x is not a function'],
    ['an error that nobody caught', 'stray', 'nobody caught this'],
    ['a promise that nothing is left to settle', 'stall', 'the run was left waiting for nothing'],
  ])('owns up to %s, with the stack in the debug log only', async (_, task, message) => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/belay', INPUT_DO: task };
    expect(await run(env)).toEqual({
      code: 1,
      answer: 'error/bug/unknown',
      lines: [
        `::error::bug: Belay failed in a way it should not: ${message}. Next: Report it with the log of this step at https://github.com/acme/belay/issues.`,
        'What serves now is not known to this step: look at the platform.',
      ],
      debug: [expect.stringContaining(`${message}%0A    at `)],
    });
  });

  it.each([
    ['tell', 'cannot read "***"'],
    ['tell twice', 'first ***'],
  ])('prints no secret of an internal error, nor of its stack: %s', async (task, message) => {
    const ended = await run({ INPUT_DO: task, INPUT_TOKEN: 'hush/"hush' });
    const lines = ended.lines.filter((line) => !line.startsWith('::add-mask::'));
    expect({ ...ended, lines, debug: ended.debug.length }).toEqual({
      code: 1,
      answer: 'error/bug/unknown',
      lines: [
        expect.stringContaining(`Belay failed in a way it should not: ${message}. Next:`),
        'What serves now is not known to this step: look at the platform.',
      ],
      debug: task === 'tell' ? 1 : 2,
    });
    expect(ended.debug.join('')).not.toMatch(/hush/);
    expect(ended.debug.join('')).toContain('***');
  });

  it('is red when its outputs cannot be written, and says all the same how it ended', async () => {
    files.GITHUB_OUTPUT = join(base, 'absent');
    const ended = run({ INPUT_DO: 'work' });
    await expect(ended.then(({ code, lines }) => ({ code, lines }))).resolves.toEqual({
      code: 1,
      lines: [
        `::error::The outputs of this step are lost. runner-unwritable: GITHUB_OUTPUT (${files.GITHUB_OUTPUT}) cannot be written: Missing file at path: ${files.GITHUB_OUTPUT}. The disk is full, or the path is gone or belongs to another user. Next: Free space on the runner’s disk, or let this job write to ${files.GITHUB_OUTPUT}.`,
        ': :notice::Done.',
      ],
    });
  });

  it('does nothing where it could not tell the job’s last step that it has been', async () => {
    files.GITHUB_STATE = join(base, 'absent');
    const { code, lines, answer } = await run({ INPUT_DO: 'work' });
    expect({ code, answer }).toEqual({ code: 1, answer: 'error/runner-unwritable/unknown' });
    expect(lines).toEqual([
      expect.stringContaining(`runner-unwritable: GITHUB_STATE (${files.GITHUB_STATE}) cannot be written`),
      nothingShipped,
    ]);
  });

  it('ends although something still holds the process', async () => {
    expect(await run({ INPUT_DO: 'linger' })).toMatchObject({ code: 0, answer: 'done/installed/unknown' });
  });
});

describe('a cancelled main', () => {
  it('reports for a run that gave up at the signal', async () => {
    const ended = await run({ INPUT_DO: 'obey' }, { onLine: interrupted });
    expect(ended).toMatchObject({ code: 1, answer: 'cancelled/cancelled/unknown' });
    expect(ended.lines.at(-1)).toBe(
      '::error::cancelled: The job was cancelled. Next: See what serves now, then run the job again.',
    );
  });

  it('lets a run wind up, a second signal notwithstanding', async () => {
    const onLine = (line: string, child: ChildProcess) => {
      if (line !== 'waiting') return;
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGTERM'), 100);
    };
    const ended = await run({ INPUT_DO: 'wait' }, { onLine });
    expect(ended).toMatchObject({ code: 1, answer: 'cancelled/cancelled/old' });
  });
});

describe('post', () => {
  /** The state that main saved, as the runner hands it to post. */
  const saved = () =>
    Object.fromEntries(
      Object.entries(fileCommands(files.GITHUB_STATE)).map(([name, value]) => [`STATE_${name}`, value]),
    );

  it('is started from an entry of its own, with the state that main saved', async () => {
    await run({ INPUT_DO: 'work' });
    expect(await run(saved(), { entry: post })).toMatchObject({
      code: 0,
      lines: ['told: removed the folder'],
    });
  });

  it('never runs main, whatever main has saved', async () => {
    expect(await run({ INPUT_DO: 'work' }, { entry: post })).toMatchObject({
      code: 0,
      lines: ['::notice::Nothing was begun.'],
      answer: 'undefined/undefined/undefined',
    });
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# Nothing\n');
  });

  it('is main that main runs, though it says that it had begun before', async () => {
    expect(await run({ INPUT_DO: 'work', STATE_isPost: 'true', STATE_main: 'begun' })).toMatchObject({
      answer: 'done/installed/unknown',
    });
  });

  it.each([
    ['told', 'failed', async () => run({ INPUT_DO: 'fail' })],
    ['cancelled', 'was cancelled', async () => run({ INPUT_DO: 'obey' }, { onLine: interrupted })],
    ['killed', 'was killed', async () => run({ INPUT_DO: 'obey' }, { onLine: killed })],
  ])('is told %s when main %s', async (end, _, main) => {
    await main();
    expect(await run({ ...saved(), STATE_made: 'folder' }, { entry: post })).toMatchObject({
      lines: [`${end}: removed the folder`],
    });
  });

  it('warns and never fails the job', async () => {
    expect(await run({ STATE_main: 'told' }, { entry: post })).toMatchObject({
      code: 0,
      lines: ['::warning::Cleaning up after probe did not finish: told, and nothing was made'],
    });
  });
});

function interrupted(line: string, child: ChildProcess): void {
  if (line === 'waiting') child.kill('SIGINT');
}

function killed(line: string, child: ChildProcess): void {
  if (line === 'waiting') child.kill('SIGKILL');
}
