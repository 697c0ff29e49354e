import { describe, expect, it } from 'vitest';
import { createUpgradeAgents } from '../../../../../packages/core/src/io/http/upgrade-agents.ts';
import { GraphqlSocket } from '../../../../../packages/core/src/platforms/railway/watch/graphql-socket.ts';
import { railwaySockets } from '../../../../../packages/core/src/platforms/railway/watch/open-socket.ts';
import { connectProxy } from '../../../../support/connect-proxy.ts';
import { eventually } from '../../../../support/eventually.ts';
import { scriptedRailway } from '../../../../support/scripted-railway.ts';

const document = 'subscription Deployment($deploymentId: String!) { deployment(id: $deploymentId) { id } }';
const { signal } = new AbortController();

function opening(env: Readonly<Record<string, string>>, more: { openMs?: number; silenceMs?: number } = {}) {
  const url = new URL('wss://backboard.railway.com/graphql/v2');
  const agent = createUpgradeAgents(env)(new URL('https://backboard.railway.com'));
  return GraphqlSocket.open({ url, headers: { 'x-token': 'secret' }, agent, signal, ...more });
}

describe('a socket of several streams', () => {
  it('brings each stream its own, and its end', async () => {
    await using railway = await scriptedRailway({});
    const socket = await opening(railway.env);
    const heard: unknown[] = [];
    for (const deploymentId of ['d1', 'd2']) {
      socket.subscribe({
        document,
        variables: { deploymentId },
        next: (data) => heard.push([deploymentId, data]),
        ended: (why) => heard.push([deploymentId, why]),
      });
    }
    await eventually(() => railway.streams.length === 2);
    const [first, second] = railway.streams;
    second?.next({ a: 1 });
    first?.fail('Problem processing request');
    second?.next({ a: 2 });
    second?.complete();
    await eventually(() => heard.length === 4);
    expect(heard).toEqual([
      ['d2', { a: 1 }],
      ['d1', 'Problem processing request'],
      ['d2', { a: 2 }],
      ['d2', 'completed'],
    ]);
    socket.close();
    expect(await socket.closed).toBe('closed by us');
  });

  it('is over when it is cut off, or falls silent', async () => {
    await using railway = await scriptedRailway({});
    const cut = await opening(railway.env);
    railway.drop();
    expect(await cut.closed).toBe('closed with code 1006');
    const silent = await opening(railway.env, { silenceMs: 400 });
    railway.freeze();
    expect(await silent.closed).toBe('silent for 400 ms');
  });

  it('stays open as long as it answers, though it has nothing to tell', async () => {
    await using railway = await scriptedRailway({});
    const quiet = await opening(railway.env, { silenceMs: 200 });
    const ended = await Promise.race([
      quiet.closed,
      new Promise((resolve) => setTimeout(resolve, 800, 'open')),
    ]);
    expect(ended).toBe('open');
    quiet.close();
  });

  it.each([
    ['refused', 'refused with status 502'],
    ['stalls', 'not opened within 300 ms'],
    ['never acknowledges', 'not opened within 300 ms'],
  ] as const)('is not opened where the server %s', async (mood, why) => {
    await using railway = await scriptedRailway({});
    railway.mood = mood;
    await expect(opening(railway.env, { openMs: 300 })).rejects.toThrow(why);
  });

  it('is not opened through a proxy that refuses, nor to a server that nobody vouches for', async () => {
    await using proxy = await connectProxy({ kind: 'refuses', status: 403 });
    await expect(opening({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })).rejects.toThrow(/403/);
    const { env } = await (async () => {
      await using railway = await scriptedRailway({});
      return railway;
    })();
    await expect(opening(env)).rejects.toThrow();
  });
});

describe('the sockets of Railway', () => {
  const token = { kind: 'project', value: 'secret-token' } as const;

  it('carry the token in the header of its kind', async () => {
    await using railway = await scriptedRailway({});
    await railwaySockets(railway.env, token)(signal);
    expect(railway.upgrades).toMatchObject([
      { 'project-access-token': 'secret-token', 'user-agent': 'belay' },
    ]);
  });

  it.each([
    ['proxy-unusable', { HTTPS_PROXY: 'socks5://127.0.0.1:1080' }],
    ['tls-unverified', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('are not opened where the environment is %s', async (code, env) => {
    await expect(railwaySockets(env, token)(signal)).rejects.toMatchObject({ code });
  });
});
