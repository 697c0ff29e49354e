// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdtemp } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionFailure, ActionResult } from '#core';
import { closeServers, serve } from '../core/checks/loopback.ts';
import { smokeIn } from '../support/smoke-action.ts';

let workspace = '';
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'belay-smoke-inputs-'));
});
afterEach(closeServers);

const smoke = async (inputs: Record<string, string>) => (await smokeIn(workspace, inputs)).result;

const refused = (inputs: Record<string, string>): Promise<ActionFailure> =>
  smokeIn(workspace, inputs).then(
    ({ result }) => expect.fail(`it ended as ${result.outcome}`),
    (error: ActionFailure) => error,
  );

const ended = ({ outcome, reason, ok }: ActionResult) => `${outcome}/${reason} ${ok ? 'green' : 'red'}`;

const answering =
  (status: number, headers: Record<string, string>, body = ''): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

describe('`url` alone', () => {
  it.each([
    ['a page', 200, 'text/html; charset=utf-8'],
    ['a JSON answer', 201, 'application/json'],
    ['JSON by a longer name', 200, 'application/problem+json'],
  ])('passes on %s', async (_, status, type) => {
    const url = await serve(answering(status, { 'content-type': type }, 'x'));
    expect(ended(await smoke({ url }))).toBe('pass/verified green');
  });

  it.each([
    ['an image', { 'content-type': 'image/png' }],
    ['an answer that does not say what it is', {}],
  ])('fails on %s', async (_, headers) => {
    const url = await serve(answering(200, headers));
    expect(ended(await smoke({ url, timeout: '1s' }))).toBe('fail/checks-failed red');
  });

  it('fails on a redirect: what it leads to may be a login', async () => {
    const url = await serve(answering(302, { location: '/login', 'content-type': 'text/html' }));
    expect((await smoke({ url, timeout: '1s' })).failure?.what).toBe(
      '0 of 1 gate check passed, 1 failed; answers: status: expected one of 200-299, got 302',
    );
  });

  it('waits for a service that is still coming up', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      answering(asked === 1 ? 503 : 200, { 'content-type': 'text/html' })(request, response);
    });
    expect(ended(await smoke({ url }))).toBe('pass/verified green');
  });

  it('is the variable `url` when there are checks', async () => {
    const url = await serve(answering(418, {}));
    const checks = '- { name: teapot, http: /pot, expect: { status: 418 } }';
    expect(ended(await smoke({ url, checks }))).toBe('pass/verified green');
  });
});

describe('the inputs', () => {
  const checks = '- { name: home, http: /, expect: { status: 200 } }';

  it.each<[string, Record<string, string>, string]>([
    ['nothing to check', {}, '`url` or `checks` is required: an address to check, or the checks.'],
    [
      'an address of no web server',
      { url: 'ftp://files.example' },
      '`url` is "ftp://files.example"; it must be an address such as https://shop.example.',
    ],
    [
      'two addresses',
      { checks, url: 'https://a.example', 'check-variables': 'url=https://b.example' },
      '`url` and the `url` of `check-variables` differ: give one of them.',
    ],
  ])('refuse %s', async (_, inputs, what) => {
    const failure = await refused(inputs);
    expect([failure.code, failure.what]).toEqual(['input-invalid', what]);
  });

  it('blame the variable, and not the path, for a target that is no web server', async () => {
    const failure = await refused({ checks, 'check-variables': 'url=ftp://files.example' });
    expect(failure.details).toEqual([
      'checks:1:3: Check "home": The target "ftp://files.example" is no address of a web server. Set `target`, or pass the variable `url`, as https://….',
    ]);
  });
});

describe('a selection', () => {
  const checks = `
- { name: home, tags: [fast], http: /, expect: { status: 200 } }
- { name: reports, http: /slow, expect: { status: 500 } }
`;

  it.each([
    ['tags', 'fast'],
    ['only', 'home'],
  ])('by `%s` leaves the other checks out', async (input, value) => {
    const url = await serve(answering(200, {}));
    const result = await smoke({ url, checks, [input]: value });
    expect([ended(result), result.headline]).toEqual(['pass/verified green', '1 of 1 gate check passed.']);
  });

  it.each(['tags', 'only'])('by `%s` that matches nothing is an error, and no pass', async (input) => {
    const failure = await refused({ url: 'https://shop.example', checks, [input]: 'fsat' });
    expect(failure.code).toBe('checks-invalid');
  });
});

describe('`validate-only`', () => {
  it('sends nothing, needs no secret, and ends as done', async () => {
    const checks = `
secrets: [TOKEN]
checks:
  - { name: home, http: { url: "https://127.0.0.1:1/", auth: { bearer: "\${TOKEN}" } }, expect: { status: 200 } }
`;
    const result = await smoke({ checks, 'validate-only': 'true' });
    expect([ended(result), result.headline]).toEqual([
      'done/checks-valid green',
      '1 check can be used. The checks can be used; nothing was sent.',
    ]);
  });

  it('takes a secret by its name alone whose variable is set to nothing', async () => {
    const inputs = {
      url: 'https://127.0.0.1:1',
      checks: '{ secrets: [TOKEN], checks: [{ name: a, http: "/${TOKEN}", expect: { status: 200 } }] }',
      'check-secrets': 'TOKEN',
    };
    const { result } = await smokeIn(workspace, { ...inputs, 'validate-only': 'true' }, { TOKEN: '' });
    expect(ended(result)).toBe('done/checks-valid green');
    await expect(smokeIn(workspace, inputs, { TOKEN: '' })).rejects.toMatchObject({
      what: "`check-secrets` line 1 names TOKEN, which the step's env sets to nothing: there is no such secret, or it belongs to an environment that the job does not name.",
    });
  });

  it('counts the steps of scenarios', async () => {
    const step = (name: string) => `{ name: ${name}, http: "https://127.0.0.1:1/", expect: { status: 200 } }`;
    const checks = `scenarios: [{ name: s, steps: [${step('a')}, ${step('b')}] }]`;
    expect((await smoke({ checks, 'validate-only': 'true' })).headline).toMatch(/^2 checks can be used\./);
  });

  it('lists every name without a value', async () => {
    const checks = '- { name: home, http: "/${one}", expect: { body: { contains: "${two}" } } }';
    const failure = await refused({ checks, 'validate-only': 'true' });
    expect([failure.code, failure.details]).toEqual([
      'checks-invalid',
      ['one', 'two'].map((name) => expect.stringContaining(`\`${name}\` has no value.`) as unknown as string),
    ]);
  });
});
