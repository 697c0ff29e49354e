// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { ActionFailure } from '../../../../../packages/core/src/outcome/failure.ts';
import type { RunInInstance } from '../../../../../packages/core/src/platforms/instances.ts';
import type { CommandEnd } from '../../../../../packages/core/src/platforms/platform.ts';
import { check } from '../../../checks/loopback.ts';

const ran = (exitCode: number, stdout = '', stderr = ''): CommandEnd => ({
  kind: 'ended',
  instance: 'm1',
  exitCode,
  stdout,
  stderr,
});

const written = (flow: string, more = '') => `- name: vector\n  fly-machines: ${flow}\n${more}`;

async function judged(flow: string, end: CommandEnd | RunInInstance, more = '', options = {}) {
  const runInInstance = typeof end === 'function' ? end : async () => end;
  const { outcome, results } = await check(written(flow, more), { runInInstance, ...options });
  const attempt = results[0]?.attempts.at(-1);
  return {
    outcome,
    said: attempt?.summary,
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}

describe('a command in a machine', () => {
  it.each<[string, string, CommandEnd, string, string, readonly string[]]>([
    [
      'passes when it ends with 0',
      '{ exec: [bin/check] }',
      ran(0, 'ok\n'),
      'pass',
      'exit 0 in machine m1',
      [],
    ],
    ['may be written as a line', '{ exec: bin/check --all }', ran(0), 'pass', 'exit 0 in machine m1', []],
    [
      'fails otherwise, with the last line it printed',
      '{ exec: [bin/check] }',
      ran(3, 'looking\n', 'no extension vector\n'),
      'fail',
      'exit 3 in machine m1: no extension vector',
      ['exit-code: equals 0: 3'],
    ],
    [
      'is held to what it must print',
      '{ exec: [bin/check], expect: { stdout: { contains: "0.8" } } }',
      ran(0, '0.7.4\n'),
      'fail',
      'exit 0 in machine m1',
      ['stdout: contains "0.8": "0.7.4"'],
    ],
    [
      'may be wanted to end otherwise',
      '{ exec: [bin/check], expect: { exit-code: { in: [0, 3] } } }',
      ran(3),
      'pass',
      'exit 3 in machine m1',
      [],
    ],
    [
      'fails without an exit code',
      '{ exec: [bin/check] }',
      { kind: 'ended', instance: 'm1', stdout: '', stderr: '' },
      'fail',
      'exit not told in machine m1',
      ['exit-code: equals 0: Fly told no exit code'],
    ],
    [
      'fails when a signal ended it',
      '{ exec: [bin/check] }',
      { kind: 'ended', instance: 'm1', signal: 9, stdout: '', stderr: '' },
      'fail',
      'ended by signal 9 in machine m1',
      ['exit-code: equals 0: ended by signal 9'],
    ],
    [
      'fails when it prints without end',
      '{ exec: [bin/check] }',
      { kind: 'too-much', instance: 'm1', bytes: 1024 },
      'fail',
      'more than 1024 bytes of output',
      ['fly exec bin/check: run to its end: more than 1024 bytes of output'],
    ],
    [
      'fails when it does not end',
      '{ exec: [bin/check] }',
      { kind: 'late', instance: 'm1', seconds: 5 },
      'fail',
      'did not end within 5 s in machine m1: raise `timeout` if it needs longer',
      [],
    ],
    [
      'fails where a machine should run and none does',
      '{ exec: [bin/check] }',
      { kind: 'nowhere', why: 'no machine is started: m1 is stopped', isFault: true },
      'fail',
      'not run',
      ['fly exec bin/check: run to its end: no machine is started: m1 is stopped'],
    ],
    [
      'is not judged while the machines rest',
      '{ exec: [bin/check] }',
      { kind: 'nowhere', why: 'its machines are at rest', isFault: false },
      'inconclusive',
      'not run',
      ['fly exec bin/check: run to its end: its machines are at rest'],
    ],
  ])('%s', async (_, flow, end, outcome, said, failures) => {
    const line = /--all/.test(flow) ? 'bin/check --all' : 'bin/check';
    expect(await judged(flow, end)).toEqual({ outcome, said: `fly exec ${line} → ${said}`, failures });
  });

  it('takes the `expect` of the check as well', async () => {
    const more = '  expect: { stderr: { empty: true }, duration: { lt: 5s } }\n';
    expect((await judged('{ exec: [bin/check] }', ran(0, '', 'warning\n'), more)).failures).toEqual([
      'stderr: is empty: "warning"',
    ]);
  });

  it('is asked for with its values filled in, and the time and group of the check', async () => {
    const asked: unknown[] = [];
    const run: RunInInstance = async (command) => {
      asked.push(command);
      return ran(0);
    };
    const more = '  timeout: 30s\n';
    const options = { variables: { want: '0.8' } };
    await judged('{ exec: [bin/check, "${want}"], group: worker }', run, more, options);
    expect(asked).toEqual([{ command: ['bin/check', '0.8'], group: 'worker', timeoutMs: 30_000 }]);
  });

  it('is run once: it may do something twice', async () => {
    let times = 0;
    const run: RunInInstance = async () => {
      times++;
      return ran(1);
    };
    const more = '  retry: { attempts: 3, interval: 1ms }\n';
    await judged('{ exec: [bin/check] }', run, more, { looksTwice: true });
    expect(times).toBe(1);
    await judged('{ exec: [bin/check] }', run, '  retry: { attempts: 3, interval: 1ms, unsafe: true }\n');
    expect(times).toBe(4);
  });

  it('is left out before a change', async () => {
    const report = await check(written('{ exec: [bin/check] }'), {
      runInInstance: async () => ran(0),
      mode: 'once',
    });
    expect(report.results[0]?.reason).toBe('not-repeatable');
  });

  it('shows no secret that it prints', async () => {
    const text = `secrets: [API_KEY]\nchecks:\n  - name: vector\n    fly-machines: { exec: [bin/check] }\n  - name: use\n    http: { url: /, auth: { bearer: "\${API_KEY}" } }\n    severity: advisory\n    expect: { status: 200 }\n`;
    const report = await check(text, {
      secrets: { API_KEY: 'k-5e0f7a11' },
      variables: { url: 'http://127.0.0.1:9' },
      runInInstance: async () => ran(1, 'key k-5e0f7a11\n'),
    });
    expect(JSON.stringify(report.results[0])).toContain('key ***');
    expect(JSON.stringify(report)).not.toContain('k-5e0f7a11');
  });

  it('keeps the last lines for the report', async () => {
    const report = await check(written('{ exec: [bin/check] }'), {
      runInInstance: async () => ran(0, '::error::one\ntwo\n', 'three\n'),
    });
    expect(report.results[0]?.attempts[0]?.notes).toEqual(['::error::one', 'two', 'three']);
  });
});

describe('a command that cannot be run', () => {
  it.each<[string, () => Promise<CommandEnd>, string, string]>([
    ['Fly’s API is down', () => Promise.reject(new Error('503')), 'inconclusive', '503'],
    [
      'Fly refuses it',
      () =>
        Promise.reject(
          new ActionFailure({
            code: 'token-kind',
            what: 'Fly lets this token run nothing',
            next: 'Make another',
          }),
        ),
      'error',
      'Fly lets this token run nothing. Make another',
    ],
  ])('says nothing of the release: %s', async (_, end, outcome, actual) => {
    expect(await judged('{ exec: [bin/check] }', end)).toEqual({
      outcome,
      said: `fly exec bin/check → ${actual}`,
      failures: [`fly exec bin/check: an answer of Fly: ${actual}`],
    });
  });

  it('has nobody to ask without a token', async () => {
    const { outcome, results } = await check(written('{ exec: [bin/check] }'));
    expect([outcome, results[0]?.attempts[0]?.failures[0]?.actual]).toEqual([
      'error',
      'nobody to ask: pass `fly-token` and `fly-app`',
    ]);
  });

  it('never holds a secret, which every program there could read', async () => {
    const text = 'secrets: [KEY]\nchecks:\n  - { name: v, fly-machines: { exec: [bin/check, "${KEY}"] } }\n';
    await expect(check(text, { secrets: { KEY: 'k-5e0f7a11' } })).rejects.toMatchObject({
      details: [expect.stringContaining('`exec` holds a secret')],
    });
  });

  it.each<[string, string, string]>([
    ['facts of machines beside it', '{ exec: [a], machines: 2 }', 'Unknown key `machines`'],
    ['no program', '{ exec: [] }', '`run` names no program.'],
    ['what only a shell means', '{ exec: "a | b" }', '| means something to a shell only'],
    [
      'a source of the machines',
      '{ exec: [a], expect: { failing: { empty: true } } }',
      'Unknown key `failing`',
    ],
    ['a group that is no name', '{ exec: [a], group: 3 }', '`group`'],
  ])('is refused when read: %s', async (_, flow, message) => {
    await expect(check(written(flow))).rejects.toMatchObject({ details: [expect.stringContaining(message)] });
  });

  it.each([
    ['a fact of a command, of machines', 'true', '  expect: { stdout: ok }\n', 'Unknown key `stdout`'],
    [
      'a fact of machines, of a command',
      '{ exec: [a] }',
      '  expect: { machines: 1 }\n',
      'Unknown key `machines`',
    ],
  ])('is refused when read: %s', async (_, flow, more, message) => {
    await expect(check(written(flow, more))).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });

  it('is refused in a run of code nobody has accepted', async () => {
    await expect(
      check(written('{ exec: [a] }'), { untrusted: 'The code of a fork is run.' }),
    ).rejects.toMatchObject({ details: [expect.stringContaining('runs a command in a machine')] });
  });
});
