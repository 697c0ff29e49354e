import { describe, expect, it } from 'vitest';
import type { Ports } from '../../../packages/core/src/action/ports.ts';
import { resultOfRefused } from '../../../packages/core/src/deployment/refused.ts';
import type { HttpAnswer } from '../../../packages/core/src/io/http.ts';
import { flyLook } from '../../../packages/core/src/platforms/fly/api/look.ts';
import { flyTarget } from '../../../packages/core/src/platforms/fly/api/target.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const app = { name: 'shop', hostname: 'shop.example', releases: { nodes: [] } };

/** A Fly whose app has no machines, or that answers nothing but this about it. */
function portsOf(answer: object = { data: { app } }): Ports {
  const request = async ({ method, url }: Pick<HttpAnswer, 'method' | 'url'>): Promise<HttpAnswer> => {
    const text = url.endsWith('/machines') ? '[]' : JSON.stringify(answer);
    return { method, url, status: 200, headers: {}, text, attempts: 1 };
  };
  const runner = recordingRunner();
  return { runner, http: { request }, clock: manualClock() } as unknown as Ports;
}

const access = { flyApp: 'shop', flyToken: 'FlyV1 fm2_token' };

const refused = {
  action: 'fly-deploy',
  kind: 'deploy',
  target: flyTarget('shop'),
  untrusted: {
    kind: 'unknown',
    what: 'Asked by @octocat at www.evil.example.',
    next: 'Look.',
  },
  dryRun: true,
  environment: 'production',
} as const;

describe('a run that the fork rule stops', () => {
  it('names nobody and links nowhere in the summary of a rehearsal', async () => {
    const { summary, headline } = await resultOfRefused(portsOf(), {
      ...refused,
      look: flyLook(portsOf(), access),
    });
    expect(summary).toBe(
      '## 📝 Rehearsed: nothing was changed\n\n- fly:shop serves nothing.\n' +
        '- It would be blocked (blocked/fork): Asked by `@octocat` at `www.evil.example`. No \\`force\\` passes this.\n',
    );
    expect(headline).toBe(
      'fly:shop serves nothing.\nIt would be blocked (blocked/fork): Asked by @octocat at www.evil.example. No `force` passes this.',
    );
  });

  it.each([
    ['nothing', { data: { app } }, 'nothing', 'https://shop.example'],
    ['nothing where there is no such app', { data: { app: null } }, 'nothing', 'https://shop.fly.dev'],
    ['what nobody knows where Fly’s answer is none', { nonsense: true }, 'unknown', 'https://shop.fly.dev'],
  ])('says that the app serves %s', async (_, answer, serving, url) => {
    const ports = portsOf(answer);
    const result = await resultOfRefused(ports, { ...refused, look: flyLook(ports, access) });
    expect({ serving: result.serving, url: result.outputs.url }).toEqual({ serving, url });
  });

  it('looks as `post` does', async () => {
    const absent = { data: { app: null } };
    const seen = async (answer?: object) => (await flyLook(portsOf(answer), access)(10_000)).live;
    expect(await seen()).toMatchObject({ kind: 'nothing' });
    expect(await seen(absent)).toEqual({ kind: 'nothing' });
  });
});
