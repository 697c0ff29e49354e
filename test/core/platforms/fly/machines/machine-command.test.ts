import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '#local-cloud';
import { HttpError } from '../../../../../packages/core/src/io/http.ts';
import { FlyApi as CoreApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import {
  machineFor,
  runInMachine,
} from '../../../../../packages/core/src/platforms/fly/machines/machine-command.ts';
import { wholeFleet } from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { FlyApi, shop } from '../../../../support/fly-api.ts';
import { flyHttp } from '../../../../support/fly-http.ts';
import { aConfig, aMachine, aService } from '../../../../support/fly-machines.ts';

interface Given {
  readonly group?: string;
  readonly version?: string;
  readonly services?: readonly ReturnType<typeof aService>[];
  readonly standbys?: readonly string[];
}

function machine(id: string, change: Partial<WireMachine> = {}, given: Given = {}): WireMachine {
  const { group = 'app', version = '42', services = [aService()], standbys } = given;
  const metadata = { fly_platform_version: 'v2', fly_process_group: group, fly_release_version: version };
  return aMachine({ id, config: aConfig({ metadata, services, standbys }), ...change });
}

const stopped = { state: 'stopped' };
const lost = { host_status: 'unreachable' };

describe('where a command is run', () => {
  it.each<[string, readonly WireMachine[], string | undefined, string]>([
    ['in one that is started', [machine('a', stopped), machine('b')], undefined, 'b'],
    [
      'in one of the newest release',
      [machine('a', {}, { version: '9' }), machine('b', {}, { version: '10' })],
      undefined,
      'b',
    ],
    ['in one of the group `app`', [machine('w', {}, { group: 'worker' }), machine('a')], undefined, 'a'],
    [
      'in one of the group that is named',
      [machine('w', {}, { group: 'worker' }), machine('a')],
      'worker',
      'w',
    ],
    ['in one of the only group', [machine('w', {}, { group: 'worker' })], undefined, 'w'],
    ['never on a lost host', [machine('a', lost), machine('b')], undefined, 'b'],
  ])('%s', (_, machines, group, id) => {
    expect(machineFor(machines, group)).toMatchObject({ id });
  });

  it.each<[string, readonly WireMachine[], string, boolean]>([
    ['there is none', [], 'no machine is started', true],
    [
      'all have ended',
      [machine('a', { state: 'failed' }), machine('b', stopped, { services: [] })],
      'no machine is started: a is failed, b is stopped',
      true,
    ],
    [
      'they rest until a request comes',
      [machine('a', stopped)],
      'its machines are at rest until a request wakes them: let a check before this one ask the service',
      false,
    ],
    ['no host answers', [machine('a', lost)], 'no host of its machines answers', false],
  ])('nowhere: %s', (_, machines, why, isFault) => {
    expect(machineFor(machines, undefined)).toEqual({ kind: 'nowhere', why, isFault });
  });

  it('nowhere in a group that is not there, and it says which are', () => {
    expect(() => machineFor([machine('a'), machine('w', {}, { group: 'worker' })], 'web')).toThrow(
      expect.objectContaining({
        code: 'machines-not-found',
        what: 'The app has no machine of process group `web`; it has app, worker',
      }),
    );
  });
});

describe('what came of a command in a machine', () => {
  let emulator: FlyApi;

  afterEach(() => emulator.close());

  interface Running {
    readonly token?: string;
    readonly timeoutMs?: number;
    readonly env?: object;
  }

  function run(
    command: readonly string[],
    { token = demo.fly.token, timeoutMs = 5_000, env = {} }: Running = {},
  ) {
    emulator = new FlyApi({ ...shop, config: { env: { GREETING: 'good day', ...env } } });
    emulator.fly.settings.rateLimits = false;
    const api = new CoreApi(flyHttp(emulator.fly), parseFlyToken(token));
    const place = { app: 'shop', scope: wholeFleet };
    const signal = new AbortController().signal;
    return runInMachine(api, place, { command, group: undefined, timeoutMs }, signal);
  }

  it.each<[string, readonly string[], object, object]>([
    ['it sees what the app sees', ['printenv', 'GREETING'], {}, { exitCode: 0, stdout: 'good day\n' }],
    ['it fails as it fails', ['migrate'], { env: { SHOP_EXIT_CODE: '3' } }, { exitCode: 3 }],
    [
      'it is not there',
      ['bin/check'],
      {},
      { exitCode: 127, stdout: '', stderr: 'fatal: bin/check: command not found\n' },
    ],
  ])('%s', async (_, command, options, end) => {
    expect(await run(command, options)).toMatchObject({ kind: 'ended', ...end });
  });

  it('it did not end in its time', async () => {
    let isOver = false;
    const ended = run(['work'], { timeoutMs: 2_500 }).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      emulator.clock.advance(1_000);
      await new Promise(setImmediate);
    }
    expect(await ended).toMatchObject({ kind: 'late', seconds: 2 });
  });

  it.each([
    ['at least a second', 200, 1],
    ['whole seconds', 2_900, 2],
    ['no more than Fly takes', 600_000, 60],
  ])('it has the time of the check: %s', async (_, timeoutMs, seconds) => {
    const asked: unknown[] = [];
    const api = new CoreApi(
      {
        async request({ method, url, body }) {
          const seen = { method, url, headers: {}, attempts: 1, status: 200 };
          if (method === 'GET') return { ...seen, text: JSON.stringify([machine('a')]) };
          asked.push(body);
          return { ...seen, text: '{}' };
        },
        download: () => Promise.reject(new Error('nothing is downloaded')),
        upload: () => Promise.reject(new Error('nothing is uploaded')),
      },
      parseFlyToken('token'),
    );
    const command = { command: ['a'], group: undefined, timeoutMs };
    await runInMachine(api, { app: 'shop', scope: wholeFleet }, command, new AbortController().signal);
    expect(asked.map((body) => (typeof body === 'string' ? JSON.parse(body) : body))).toEqual([
      { command: ['a'], timeout: seconds },
    ]);
  });

  it('a refused token is a failure of the check, not of the release', async () => {
    await expect(run(['true'], { token: 'nobody' })).rejects.toMatchObject({ code: 'token-rejected' });
  });
});

describe('an answer of Fly that is none', () => {
  const scripted = (respond: () => Promise<{ status: number; text: string }>) => {
    const api = new CoreApi(
      {
        async request({ method, url }) {
          const seen = { method, url, headers: {}, attempts: 1 };
          if (method === 'GET') return { ...seen, status: 200, text: JSON.stringify([machine('a')]) };
          return { ...seen, ...(await respond()) };
        },
        download: () => Promise.reject(new Error('nothing is downloaded')),
        upload: () => Promise.reject(new Error('nothing is uploaded')),
      },
      parseFlyToken('token'),
    );
    const command = { command: ['a'], group: undefined, timeoutMs: 1_000 };
    return runInMachine(api, { app: 'shop', scope: wholeFleet }, command, new AbortController().signal);
  };
  const failing = (kind: HttpError['kind'], reason: string) =>
    scripted(() =>
      Promise.reject(
        new HttpError({ kind, reason, method: 'POST', url: '', maybeEffective: true, attempts: 1 }),
      ),
    );

  it.each([
    [
      'says what the command printed',
      { exit_code: 3, exit_signal: -1, stdout: 'a' },
      { exitCode: 3, stdout: 'a' },
    ],
    [
      'says that a signal ended it, whatever its code',
      { exit_code: 0, exit_signal: 9 },
      { signal: 9, stdout: '' },
    ],
    ['says nothing of how it ended', { stdout: 'a' }, { stdout: 'a' }],
  ])('or one that %s', async (_, said, end) => {
    expect(await scripted(async () => ({ status: 200, text: JSON.stringify(said) }))).toEqual({
      kind: 'ended',
      instance: 'a',
      stderr: '',
      ...end,
    });
  });

  it('is bounded', async () => {
    expect(await failing('body', 'larger than 1048576 bytes')).toEqual({
      kind: 'too-much',
      instance: 'a',
      bytes: 1_048_576,
    });
  });

  it.each<[string, number, string, string]>([
    ['a token that may not', 403, 'token-kind', 'Fly lets this token run no command in a machine (403): no'],
    ['a command that Fly refuses', 400, 'platform-error', 'Fly does not run the command (400): no'],
  ])('says what to do about %s', async (_, status, code, what) => {
    await expect(scripted(async () => ({ status, text: 'no' }))).rejects.toMatchObject({ code, what });
  });

  it.each([
    ['a machine that is stopped meanwhile', () => scripted(async () => ({ status: 412, text: 'stopped' }))],
    ['no JSON', () => scripted(async () => ({ status: 200, text: '<html>' }))],
    ['none in time', () => failing('timeout', 'no answer')],
  ])('is nobody’s fault: %s', async (_, asked) => {
    await expect(asked()).rejects.toBeInstanceOf(HttpError);
  });
});
