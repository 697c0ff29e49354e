import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { catalogue, get } from '../../support/catalogue.ts';

const { serving } = catalogue();

describe('the database', () => {
  it('answers SELECT 1 to a Postgres client, and refuses all else', async () => {
    const { port } = await serving({ app: 'database', env: {} });
    const client = new pg.Client(`postgres://shop@127.0.0.1:${port}/shop`);
    await client.connect();
    expect((await client.query('SELECT 1')).rows).toEqual([{ '?column?': 1 }]);
    await expect(client.query('SELECT now()')).rejects.toMatchObject({
      code: '0A000',
      message: 'this database knows only SELECT 1',
    });
    expect((await client.query('select 1;')).rowCount).toBe(1);
    await client.end();
  });
});

describe('the worker', () => {
  it.each([
    { env: {}, answer: { status: 200, text: 'ok' } },
    { env: { WORKER_HEALTH: 'failing' }, answer: { status: 500, text: 'the queue does not answer' } },
  ])('says of its health what its image $env has it say', async ({ env, answer }) => {
    expect(await get(await serving({ app: 'worker', env }), '/healthz')).toEqual(answer);
  });
});
