import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { interceptionOf } from '../../../packages/core/src/checks/types/deployment-protection.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

const header = 'x-vercel-protection-bypass';

const interception: RequestListener = (_, response) => {
  response.writeHead(401, { 'set-cookie': '_vercel_sso_nonce=abc; Secure', 'content-type': 'text/html' });
  response.end('<title>Authentication Required</title>');
};

/** `outcome/reason: what came instead`. */
const told = ({ outcome, reason, results }: ChecksReport) =>
  `${outcome}/${reason}: ${results[0]?.attempts.at(-1)?.failures[0]?.actual}`;

const ask =
  'create a secret under “Protection Bypass for Automation” in the Vercel project’s settings and pass it as `protection-bypass`';

describe('Vercel’s Deployment Protection', () => {
  it.each<[string, RequestListener, number]>([
    ['the cookie of its sign-in', interception, 401],
    [
      'its page',
      (_, response) => void response.writeHead(401).end('<a href="https://vercel.com/sso-api?url=x">'),
      401,
    ],
    [
      'the way to its sign-in',
      (_, response) => void response.writeHead(302, { location: 'https://vercel.com/sso-api?url=x' }).end(),
      302,
    ],
  ])(
    'is recognised by %s: a secret is missing, and the release is not judged',
    async (_, listener, status) => {
      const report = await check(page('/', '{ status: 200 }'), { variables: { url: await serve(listener) } });
      expect(told(report)).toBe(
        `error/deployment-protected: ${status} from Vercel’s Deployment Protection; ${ask}`,
      );
    },
  );

  it('is recognised in front of the version as well', async () => {
    const report = await check('release: { path: /, jsonpath: $.commit }', {
      variables: { url: await serve(interception), sha: 'c0ffee00' },
    });
    expect(told(report)).toBe(`error/deployment-protected: 401 from Vercel’s Deployment Protection; ${ask}`);
  });

  it.each(['assets: /', 'websocket: /'])('is recognised by %s as well', async (type) => {
    const report = await check(`- { name: page, ${type} }`, {
      variables: { url: await serve(interception) },
    });
    expect(told(report)).toBe(`error/deployment-protected: 401 from Vercel’s Deployment Protection; ${ask}`);
  });

  it('cannot be passed by a deploy to Fly, which is told who can', async () => {
    const url = await serve(interception);
    const report = await check(page('/', '{ status: 200 }'), {
      variables: { url },
      platformHealth: async () => [],
    });
    expect(told(report)).toBe(
      'error/deployment-protected: 401 from Vercel’s Deployment Protection; leave it to a smoke-test step of its own, ' +
        'with this address as `target` and, as `protection-bypass`, a secret under “Protection Bypass for Automation” in ' +
        'the Vercel project’s settings',
    );
  });

  it('is none on a host of Fly’s: what is answered there is what users get', () => {
    const headers = { 'set-cookie': '_vercel_sso_nonce=abc; Secure' };
    const request = { url: new URL('https://shop.fly.dev/'), headers: {} };
    const answer = { status: 401, headers, text: () => '' };
    expect(interceptionOf(answer, request, { platformHealth: async () => [] })).toEqual({});
  });

  it('is not waited for', async () => {
    const more = '    retry: { until: 60s }\n';
    const report = await check(page('/', '{ status: 200 }', more), {
      variables: { url: await serve(interception) },
    });
    expect(report.results[0]?.attemptCount).toBe(1);
  });

  it('may be what a check expects', async () => {
    const report = await check(page('/', '{ status: 401 }'), {
      variables: { url: await serve(interception) },
    });
    expect(report.outcome).toBe('pass');
  });

  it('is no excuse for a 401 of the service’s own', async () => {
    const url = await serve((_, response) => void response.writeHead(401).end('who are you?'));
    expect(told(await check(page('/', '{ status: 200 }'), { variables: { url } }))).toBe(
      'fail/checks-failed: 401',
    );
  });
});

describe('the bypass secret', () => {
  const seen: Record<string, string | undefined> = {};
  const named =
    (name: string, redirect?: string): RequestListener =>
    (request, response) => {
      seen[name] = request.headers[header]?.toString();
      if (redirect === undefined) response.end('ok');
      else response.writeHead(302, { location: redirect }).end();
    };

  it('goes to the target’s own origin and to no other, redirects included', async () => {
    const other = await serve(named('other'));
    const url = await serve(named('target', other));
    const text = `
checks:
  - { name: here, http: { url: /, follow: true }, expect: { status: 200 } }
  - { name: there, http: "${other}", expect: { status: 200 } }
`;
    const report = await check(text, { variables: { url }, protectionBypass: 'by-p4ss-secret' });
    expect([report.outcome, seen]).toEqual(['pass', { target: 'by-p4ss-secret', other: undefined }]);
  });

  it('goes with the steps of a scenario', async () => {
    const got: unknown[] = [];
    const url = await serve((request, response) => {
      got.push(request.headers[header]);
      response.end('ok');
    });
    const steps = ['one', 'two'].map(
      (name) => `      - { name: ${name}, http: /, expect: { status: 200 } }\n`,
    );
    const text = `scenarios:\n  - name: s\n    steps:\n${steps.join('')}`;
    await check(text, { variables: { url }, protectionBypass: 'by-p4ss-secret' });
    expect(got).toEqual(['by-p4ss-secret', 'by-p4ss-secret']);
  });

  it('goes with the upgrade of a WebSocket and with a page’s own assets', async () => {
    const got: unknown[] = [];
    const url = await serve((request, response) => {
      got.push([request.url, request.headers.upgrade, request.headers[header]]);
      response.setHeader('content-type', request.url === '/' ? 'text/html' : 'text/css');
      response.end(request.url === '/' ? '<link rel=stylesheet href=app.css>' : 'a {}');
    });
    const text =
      'concurrency: 1\nchecks:\n  - { name: live, websocket: /live }\n  - { name: page, assets: / }';
    await check(text, { variables: { url }, protectionBypass: 'by-p4ss-secret' });
    expect(got).toEqual([
      ['/live', 'websocket', 'by-p4ss-secret'],
      ['/', undefined, 'by-p4ss-secret'],
      ['/app.css', undefined, 'by-p4ss-secret'],
    ]);
  });

  it('is named when it is not accepted, and shown nowhere', async () => {
    const url = await serve((request, response) => {
      response.setHeader('x-seen', String(request.headers[header]));
      interception(request, response);
    });
    const report = await check(page('/', '{ header: { x-seen: no } }'), {
      variables: { url },
      protectionBypass: 'by-p4ss-secret',
    });
    expect(told(report)).toBe(
      'error/deployment-protected: 401 from Vercel’s Deployment Protection; the secret passed as `protection-bypass` was not accepted: renew it',
    );
    expect(JSON.stringify(report)).not.toContain('by-p4ss');
  });

  it('is masked where a service shows it', async () => {
    const url = await serve((request, response) => void response.end(request.headers[header]));
    const report = await check(page('/', '{ body: { contains: ready } }'), {
      variables: { url },
      protectionBypass: 'by-p4ss-secret',
    });
    expect(told(report)).toBe('fail/checks-failed: "***"');
  });

  it('is not sent in the clear', async () => {
    const run = check(page('/', '{ status: 200 }'), {
      variables: { url: 'http://shop.example' },
      protectionBypass: 'by-p4ss-secret',
    });
    await expect(run).rejects.toMatchObject({
      code: 'checks-invalid',
      what: expect.stringContaining('A secret would go over plain http to shop.example.'),
    });
  });
});
