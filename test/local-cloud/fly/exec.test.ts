import { afterEach, describe, expect, it } from 'vitest';
import { type Asked, FlyApi, shop } from '../../support/fly-api.ts';

const env = { GREETING: 'good day', SHOP_EXIT_CODE: '3' };

describe('a command that is run in a machine', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  async function machine(): Promise<string> {
    api = new FlyApi({ ...shop, config: { env } });
    api.fly.settings.rateLimits = false;
    const [{ id }] = (await api.ask('GET /v1/apps/shop/machines')).body;
    return `/v1/apps/shop/machines/${id}`;
  }

  it.each<[string, object, object]>([
    [
      'is one of its image, and ends as that ends',
      { cmd: 'migrate' },
      { exit_code: 3, stdout: 'running migrate\nmigration 0007 failed: column exists\n' },
    ],
    ['sees its environment', { command: ['printenv', 'GREETING'] }, { stdout: 'good day\n' }],
    ['sees what Fly adds to it', { cmd: 'printenv FLY_REGION' }, { stdout: 'iad\n' }],
    ['misses what is not there', { cmd: 'printenv NOPE' }, { exit_code: 1 }],
    ['says what it is told', { cmd: `echo a "b  c" 'd "e"'f` }, { stdout: 'a b  c d "e"f\n' }],
    ['fails', { cmd: 'false' }, { exit_code: 1 }],
    [
      'is not there',
      { cmd: 'rake db:migrate' },
      { exit_code: 127, stderr: 'fatal: rake: command not found\n' },
    ],
  ])('%s', async (_, body, answer) => {
    const path = await machine();
    expect(await api.ask(`POST ${path}/exec`, { body })).toMatchObject({
      status: 200,
      body: { exit_code: 0, exit_signal: -1, stdout: '', stderr: '', ...answer },
    });
    expect((await api.ask(`GET ${path}`)).body.state).toBe('started');
  });

  it('is given up when its time is over', async () => {
    const path = await machine();
    let answer: Asked | undefined;
    const asked = api.ask(`POST ${path}/exec`, { body: { cmd: 'work', timeout: 5 } });
    void asked.then((answered) => {
      answer = answered;
    });
    while (answer === undefined) {
      api.clock.advance(1_000);
      await new Promise(setImmediate);
    }
    expect(answer).toMatchObject({
      status: 408,
      body: { error: 'deadline_exceeded: work has not ended in 5s' },
    });
  });

  it.each<[string, object, number, string]>([
    ['no command', {}, 400, 'invalid_argument: cmd is required'],
    [
      'an open quote',
      { cmd: 'echo "a' },
      400,
      'invalid_argument: cmd has a quote that is not closed: echo "a',
    ],
  ])('is refused: %s', async (_, body, status, error) => {
    const path = await machine();
    expect(await api.ask(`POST ${path}/exec`, { body })).toMatchObject({ status, body: { error } });
  });

  it('needs a machine that runs', async () => {
    const path = await machine();
    await api.ask(`POST ${path}/stop`);
    await api.fly.settled();
    expect(await api.ask(`POST ${path}/exec`, { body: { cmd: 'migrate' } })).toMatchObject({
      status: 412,
      body: { error: 'failed_precondition: machine is stopped' },
    });
  });
});
