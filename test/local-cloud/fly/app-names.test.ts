import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

const wrong = 'Validation failed: Name under 63 chars using numbers, lowercase letters and dashes';
const taken = 'Validation failed: Name has already been taken';

describe('the name of an app', () => {
  const api = new FlyApi({ ...shop, machines: 0 });

  beforeAll(() => api.fly.takeName('somebody-elses'));
  afterAll(() => api.close());

  async function created(name: string) {
    const body = { name, org_slug: 'demo' };
    const { status, body: answer } = await api.ask('POST /v1/apps', { body });
    return { status, answer: status === 201 ? answer.name : answer };
  }

  it.each([
    ['of letters, digits and dashes', 'pr-12-shop'],
    ['of 62 letters', 'a'.repeat(62)],
  ])('may be one %s', async (_, name) => {
    expect(await created(name)).toEqual({ status: 201, answer: name });
  });

  it.each([
    ['of 63 letters', 'a'.repeat(63), { error: wrong }],
    ['with a capital', 'Shop-2', { error: wrong }],
    ['with an underscore', 'shop_2', { error: wrong }],
    ['with a dot', 'shop.2', { error: wrong }],
    ['of this account', 'shop', { error: taken, status: 'name_taken' }],
    ['of an account nobody here sees', 'somebody-elses', { error: taken, status: 'name_taken' }],
  ])('may not be one %s', async (_, name, answer) => {
    expect(await created(name)).toEqual({ status: 422, answer });
  });

  it.each([
    ['of this account is shown', 'shop', { status: 200, body: expect.objectContaining({ name: 'shop' }) }],
    ['that nobody has is unknown', 'nobodys', { status: 404, body: { error: 'app not found' } }],
    [
      'of an account nobody here sees is refused',
      'somebody-elses',
      { status: 403, body: { error: 'unauthorized' } },
    ],
  ])('%s', async (_, name, answer) => {
    expect(await api.ask(`GET /v1/apps/${name}`)).toMatchObject(answer);
  });

  it('of an account nobody here sees is no app for GraphQL', async () => {
    const { body } = await api.graphql('query { app(name: "somebody-elses") { name } }');
    expect(body.errors).toMatchObject([{ message: 'Could not find App' }]);
  });
});
