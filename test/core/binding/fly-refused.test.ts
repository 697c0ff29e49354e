import { describe, expect, it } from 'vitest';
import { flyLook } from '../../../packages/core/src/binding/fly-look.ts';
import { toldAsRefused } from '../../../packages/core/src/binding/fly-refused.ts';
import type { HttpAnswer } from '../../../packages/core/src/http.ts';
import type { Ports } from '../../../packages/core/src/ports.ts';
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

const refused = {
  action: 'fly-deploy',
  app: 'shop',
  token: 'FlyV1 fm2_token',
  acceptMachines: [],
  untrusted: { kind: 'unknown', what: 'Asked by @octocat at www.evil.example.', next: 'Look.' },
  dryRun: true,
} as const;

describe('a run that the fork rule stops', () => {
  it('names nobody and links nowhere in the summary of a rehearsal', async () => {
    const { summary, headline } = await toldAsRefused(portsOf(), refused);
    expect(summary).toBe(
      '## 📝 Rehearsed: nothing was changed\n\n- fly:shop serves nothing.\n' +
        '- It would be blocked (blocked/fork): Asked by `@octocat` at `www.evil.example`.\n',
    );
    expect(headline).toBe(
      'fly:shop serves nothing.\nIt would be blocked (blocked/fork): Asked by @octocat at www.evil.example.',
    );
  });

  it.each([
    ['nothing', { data: { app } }, 'nothing', 'https://shop.example'],
    ['nothing where there is no such app', { data: { app: null } }, 'nothing', 'https://shop.fly.dev'],
    ['what nobody knows where Fly’s answer is none', { nonsense: true }, 'unknown', 'https://shop.fly.dev'],
  ])('says that the app serves %s', async (_, answer, serving, url) => {
    const result = await toldAsRefused(portsOf(answer), refused);
    expect({ serving: result.serving, url: result.outputs.url }).toEqual({ serving, url });
  });

  it('looks as `post` does', async () => {
    const { app: flyApp, token: flyToken } = refused;
    const absent = { data: { app: null } };
    expect(await flyLook(portsOf(), { flyApp, flyToken })(10_000)).toMatchObject({ kind: 'nothing' });
    expect(await flyLook(portsOf(absent), { flyApp, flyToken })(10_000)).toEqual({ kind: 'nothing' });
  });
});
