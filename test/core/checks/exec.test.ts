// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { runChecks } from '../../../packages/core/src/checks/run/run-checks.ts';
import { splitWords } from '../../../packages/core/src/checks/types/exec/words.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import type { Tools } from '../../../packages/core/src/io/process.ts';
import { check } from './loopback.ts';

const printed: string[] = [];
const tools: Tools = createTools({ clock: systemClock, print: (line) => printed.push(line) });
const node = JSON.stringify(process.execPath);

/** What became of `node -e code`, as the only check. */
async function judged(code: string, more = '', options = {}) {
  const report = await check(`- name: script\n  exec: [${node}, -e, ${JSON.stringify(code)}]\n${more}`, {
    tools,
    ...options,
  });
  const attempt = report.results[0]?.attempts.at(-1);
  return {
    outcome: report.outcome,
    class: attempt?.failureClass,
    said: attempt?.summary.split(' → ')[1],
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}

const passed = { outcome: 'pass', class: undefined, said: 'exit 0', failures: [] };

describe('an exec check', () => {
  it('passes when the program ends with 0, and says nothing meanwhile', async () => {
    expect(await judged('console.log("::error::hello")')).toEqual(passed);
    expect(printed).toEqual([]);
  });

  it('fails otherwise, with the last line it said', async () => {
    expect(await judged('console.log("ok"); console.error("1 test failed\\n"); process.exit(3)')).toEqual({
      outcome: 'fail',
      class: 'assertion',
      said: 'exit 3: 1 test failed',
      failures: ['exit-code: equals 0: 3'],
    });
  });

  it('reads what was said, and another exit code where one is named', async () => {
    const more =
      '  expect: { exit-code: { in: [0, 3] }, stdout: ready, stderr: { contains: warn }, duration: { lt: 5s } }\n';
    const code = 'console.log("ready"); console.error("warn"); process.exit(3)';
    expect(await judged(code, more)).toEqual({ ...passed, said: 'exit 3: warn' });
  });

  it('keeps the last lines for the report', async () => {
    const text = `- name: script\n  exec: [${node}, -e, 'for (let i = 1; i < 26; i++) console.log(i)']`;
    const report = await check(text, { tools });
    expect(report.results[0]?.attempts[0]?.notes).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index + 6)),
    );
  });

  it('stops a program that does not end in time', async () => {
    const {
      outcome,
      class: failureClass,
      said,
    } = await judged('setTimeout(() => {}, 60000)', '  timeout: 300ms\n');
    expect([outcome, failureClass, said]).toEqual([
      'fail',
      'timeout',
      'did not end in time and was stopped: raise `timeout` if it needs longer',
    ]);
  });

  it('names the signal that ended it', async () => {
    expect(await judged('process.kill(process.pid, "SIGKILL")')).toMatchObject({
      outcome: 'fail',
      said: 'ended by SIGKILL',
      failures: ['exit-code: equals 0: ended by SIGKILL'],
    });
  });

  it('gives it few names of the environment, and those of the check', async () => {
    const env = {
      PATH: '/bin',
      HOME: '/home/me',
      INPUT_FLY_TOKEN: 'secret',
      GITHUB_TOKEN: 'secret',
      https_proxy: 'http://p',
    };
    const code =
      'console.log(Object.keys(process.env).filter((name) => !name.startsWith("__")).sort().join())';
    const text = `secrets: [KEY]\nchecks:\n  - name: script\n    exec: { run: [${node}, -e, ${JSON.stringify(code)}], env: { KEY: "\${KEY}", SHOP: demo } }\n    expect: { stdout: "HOME,KEY,PATH,SHOP,https_proxy" }`;
    const report = await check(text, {
      tools,
      env,
      secrets: { KEY: 'value-of-key', OTHER: 'value-of-other' },
    });
    expect(report.results[0]?.attempts[0]?.failures).toEqual([]);
  });

  it('masks a secret that the program prints', async () => {
    const text = `secrets: [KEY]\nchecks:\n  - name: script\n    exec: { run: [${node}, -e, "console.log(process.env.KEY); process.exit(1)"], env: { KEY: "\${KEY}" } }`;
    const report = await check(text, { tools, secrets: { KEY: 'value-of-key' } });
    const attempt = report.results[0]?.attempts[0];
    expect([attempt?.summary.split(' → ')[1], attempt?.notes]).toEqual(['exit 1: ***', ['***']]);
  });

  it('refuses a secret among the arguments', async () => {
    const text = `secrets: [KEY]\nchecks:\n  - name: script\n    exec: ["tool", "--key=\${KEY}"]`;
    await expect(check(text, { tools, secrets: { KEY: 'value-of-key' } })).rejects.toMatchObject({
      details: [
        'checks:3:5: Check "script": `run` holds a secret, which every program of this machine could read. Pass it in `env`.',
      ],
    });
  });

  it('passes a variable on as one argument, whatever is in it', async () => {
    const text = `variables: { name: "a b; $(c) '" }\nchecks:\n  - name: script\n    exec: ${JSON.stringify(`${process.execPath} -p process.argv[1] -- \${name}`)}\n    expect: { stdout: "a b; $(c) '" }`;
    expect((await check(text, { tools })).results[0]?.attempts[0]?.failures).toEqual([]);
  });

  it('is run once, and not before a change', async () => {
    const retried = await judged('process.exit(1)', '  retry: { attempts: 3, interval: 1ms }\n');
    const before = await judged('', '', { mode: 'once' });
    expect([retried.said, before]).toEqual([
      'exit 1',
      { outcome: 'pass', class: undefined, said: undefined, failures: undefined },
    ]);
  });

  it('is repeated where the check says that it may be', async () => {
    const text = `- name: script\n  exec: [${node}, -e, "process.exit(1)"]\n  retry: { attempts: 2, interval: 1ms, unsafe: true }`;
    expect((await check(text, { tools })).results[0]?.attemptCount).toBe(2);
  });

  it.each<[string, string, Tools | undefined, string]>([
    ['is missing', '[belay-no-such-program]', tools, 'belay-no-such-program was not found'],
    ['cannot be run from here', '[true]', undefined, 'programs cannot be run from here'],
  ])('ends in error when the program %s', async (_, written, door, actual) => {
    const report = await check(
      `- name: script\n  exec: ${written}`,
      door === undefined ? {} : { tools: door },
    );
    expect([report.outcome, report.reason, report.results[0]?.attempts[0]?.failures[0]?.actual]).toEqual([
      'error',
      'checks-error',
      actual,
    ]);
  });

  it.each<[string, string, string]>([
    [
      'with a shell',
      '{ run: "npm test", shell: bash }',
      'checks:2:28: No shell is started, so that no value can turn into a command. Write a script and run it: `run: [bash, smoke.sh]`.',
    ],
    [
      'with a pipe',
      '{ run: "curl x | grep y" }',
      'checks:2:16: "curl x | grep y" cannot be run: | means something to a shell only, and none is started; quote it to pass it on.',
    ],
    [
      'without a program',
      '{ env: { A: b } }',
      'checks:2:9: `exec` needs `run`: the program and its arguments.',
    ],
    [
      'with an argument that is no text',
      '[node, { a: b }]',
      'checks:2:9: An argument must be text, not {"a":"b"}.',
    ],
    [
      'with a variable that has no name',
      '{ run: node, env: { a-b: c } }',
      'checks:2:29: "a-b" is not a name of a variable.',
    ],
  ])('is refused %s', async (_, written, message) => {
    await expect(check(`- name: script\n  exec: ${written}`)).rejects.toMatchObject({ details: [message] });
  });

  describe('in a folder', () => {
    let root: string;
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'belay-exec-'));
      await mkdir(join(root, 'smoke', 'browser'), { recursive: true });
    });
    afterAll(() => rm(root, { recursive: true }));

    it('starts where the check file says, relative to itself', async () => {
      const text = `- name: script\n  exec: { run: [${node}, -p, "process.cwd()"], working-directory: browser }\n  expect: { stdout: { ends-with: smoke/browser } }`;
      const file = await loadChecks(text, { root, folder: 'smoke' });
      const options = { variables: {}, secrets: {}, budgetMs: 5000, mode: 'full', env: {}, tools } as const;
      const report = await runChecks(file, {
        ...options,
        clock: systemClock,
        signal: new AbortController().signal,
      });
      expect(report.outcome).toBe('pass');
    });
  });
});

describe('a command line', () => {
  it.each<[string, string, readonly string[]]>([
    ['by spaces', '  npx  playwright\ttest ', ['npx', 'playwright', 'test']],
    ['but not inside quotes', `grep "a  b" 'c "d"' ""`, ['grep', 'a  b', 'c "d"', '']],
    ['joining what touches', `--name="a b"c'd'`, ['--name=a bcd']],
    [
      'leaving templates and shell characters in quotes alone',
      '${tool} "a|b" \'$HOME\'',
      ['${tool}', 'a|b', '$HOME'],
    ],
  ])('is split %s', (_, line, words) => {
    expect(splitWords(line)).toEqual({ kind: 'words', words });
  });

  it.each<[string, string, string]>([
    [
      'a variable of a shell',
      'echo $HOME',
      '$ means something to a shell only, and none is started; quote it to pass it on',
    ],
    [
      'a redirection',
      'a > b',
      '> means something to a shell only, and none is started; quote it to pass it on',
    ],
    ['an open quote', `a "b`, 'a quote is not closed'],
    ['nothing', ' ', 'it names no program'],
  ])('is refused with %s', (_, line, why) => {
    expect(splitWords(line)).toEqual({ kind: 'refused', why });
  });
});
