import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, demo, type Railway, railway, shopTree, startCloud } from '#local-cloud';
import { initialSwitches } from '../../../packages/local-cloud/src/railway/switches.ts';
import { secureTunnel } from '../../support/proxied.ts';
import { tarOf, tokens } from '../../support/railway-api.ts';
import { RailwaySocket } from '../../support/railway-socket.ts';

let cloud: Cloud;
let service: Railway;
beforeAll(async () => {
  cloud = await startCloud({ services: [railway] });
  service = cloud.service(railway);
});
afterEach(() => {
  Object.assign(service.switches, initialSwitches);
  cloud.faults.clear();
});
afterAll(() => cloud.close());

const { projectId, environmentId, serviceId } = demo.railway;
const open = (headers: Record<string, string> = tokens.project) => RailwaySocket.open(cloud, { headers });

const status =
  'subscription($id: String!) { deployment(id: $id) { id status deploymentStopped snapshotId } }';
const events =
  'subscription($id: String!) { deploymentEvents(id: $id) { step completedAt payload { error } } }';
const buildLogs =
  'subscription($id: String!) { buildLogs(deploymentId: $id, filter: "", limit: 500) { message timestamp } }';

async function deploy(version = 'v2', settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const url = new URL(
    `https://backboard.railway.com/project/${projectId}/environment/${environmentId}/up?serviceId=${serviceId}`,
  );
  const answer = await service.handle({
    host: url.hostname,
    method: 'POST',
    url,
    headers: { 'user-agent': 'test', ...tokens.project },
    body: await tarOf(shopTree({ version, settings })),
    signal: new AbortController().signal,
  });
  return Object(answer?.body).deploymentId;
}

describe('a socket', () => {
  it('tells each status of a deployment, its steps and its log, all at once', async () => {
    await using socket = await (await open()).acknowledged();
    const id = await deploy();
    socket.subscribe('0', events, { id });
    socket.subscribe('1', status, { id });
    socket.subscribe('2', buildLogs, { id });
    await socket.until(({ payload }) => payload?.data?.deployment?.status === 'SUCCESS');
    await socket.until(({ type, id }) => type === 'complete' && id === '2');
    const statuses = socket.data('1').map(({ data }) => data.deployment.status);
    expect([...new Set(statuses)]).toEqual(['INITIALIZING', 'BUILDING', 'DEPLOYING', 'SUCCESS']);
    const done = socket.data('0').map(({ data }) => data.deploymentEvents);
    expect(done.filter(({ completedAt }) => completedAt !== null).map(({ step }) => step)).toEqual([
      'SNAPSHOT_CODE',
      'BUILD_IMAGE',
      'PUBLISH_IMAGE',
      'CREATE_CONTAINER',
      'HEALTHCHECK',
    ]);
    const lines = socket
      .data('2')
      .flatMap(({ data }) => data.buildLogs.map(({ message }: { message: string }) => message));
    expect([lines[0], lines.at(-1)]).toEqual([
      'Using build driver railpack-v0.15.1',
      '[1/1] Healthcheck succeeded!',
    ]);
  });

  it('ends the build log only after the last status is out', async () => {
    await using socket = await (await open()).acknowledged();
    const id = await deploy('v3');
    socket.subscribe('0', buildLogs, { id });
    socket.subscribe('1', status, { id });
    await socket.until(({ type, id }) => type === 'complete' && id === '0');
    const order = socket.frames.map(
      ({ type, id, payload }) => `${type} ${id} ${payload?.data?.deployment?.status ?? ''}`,
    );
    expect(order.indexOf('complete 0 ')).toBeGreaterThan(order.indexOf('next 1 SUCCESS'));
  });

  it('sends what was said before, and what is said from then on, of a whole environment', async () => {
    await using socket = await (await open()).acknowledged();
    const query =
      'subscription($id: String!, $filter: String) { environmentLogs(environmentId: $id, filter: $filter, beforeLimit: 500, afterLimit: 0) { message } }';
    const id = await deploy('v4');
    const { snapshotId } = service.world.deployments.get(id) ?? {};
    socket.subscribe('0', query, {
      id: environmentId,
      filter: `(@snapshot:${snapshotId} OR @replica:${snapshotId})`,
    });
    await socket.until(({ payload }) =>
      payload?.data?.environmentLogs?.some(
        ({ message }: { message: string }) => message === '[1/1] Healthcheck succeeded!',
      ),
    );
    expect(socket.data('0')[0].data.environmentLogs[0].message).toBe('Using build driver railpack-v0.15.1');
  });

  it('stops telling when it is asked to, and answers a ping', async () => {
    await using socket = await (await open()).acknowledged();
    const id = await deploy('v5');
    socket.subscribe('0', status, { id });
    await socket.until(({ type }) => type === 'next');
    socket.send({ id: '0', type: 'complete' });
    socket.send({ type: 'ping' });
    await socket.until(({ type }) => type === 'pong');
    const told = socket.data('0').length;
    await expect.poll(() => service.world.deployments.get(id)?.status, { timeout: 20_000 }).toBe('SUCCESS');
    expect(socket.data('0').length).toBe(told);
  });

  it.each([
    [
      'a field that is not there',
      'subscription { shoeSize }',
      'Cannot query field "shoeSize" on type "Subscription".',
    ],
    ['a deployment nobody has', status, 'Deployment not found'],
  ])('answers an error for %s', async (_, query, message) => {
    await using socket = await (await open()).acknowledged();
    socket.subscribe('0', query, { id: 'nope' });
    const { payload } = await socket.until(({ type }) => type === 'error');
    expect(payload[0].message).toBe(message);
  });
});

describe('a socket without a token in its upgrade', () => {
  it('is acknowledged, and told nothing', async () => {
    await using socket = await open({});
    socket.send({ type: 'connection_init', payload: { 'Project-Access-Token': demo.railway.token } });
    await socket.until(({ type }) => type === 'connection_ack');
    socket.subscribe('0', status, { id: 'any' });
    const { payload } = await socket.until(({ type }) => type === 'next');
    expect([payload.data, payload.errors[0].message]).toEqual([null, 'Problem processing request']);
  });
});

describe('a client that does not keep to the protocol', () => {
  it.each([
    [
      'subscribes before it was acknowledged',
      [{ id: '0', type: 'subscribe', payload: { query: status } }],
      4401,
    ],
    ['sends what is no frame', [{ type: 'nonsense' }], 4400],
    ['begins twice', [{ type: 'connection_init' }, { type: 'connection_init' }], 4429],
  ])('is closed when it %s', async (_, frames, code) => {
    const socket = await open();
    for (const frame of frames) socket.send(frame);
    expect(await socket.closed).toEqual({ code });
  });

  it('is turned away with another subprotocol', async () => {
    await expect(
      RailwaySocket.open(cloud, { headers: tokens.project, protocol: 'graphql-ws' }),
    ).rejects.toThrow('Server sent no subprotocol');
  });
});

describe('bad days of sockets', () => {
  /** The status line of an upgrade that a fault strikes. */
  async function refused(): Promise<string> {
    const secure = await secureTunnel(cloud, 'backboard.railway.com');
    secure.write(
      'GET /graphql/v2 HTTP/1.1\r\nhost: backboard.railway.com\r\nconnection: Upgrade\r\nupgrade: websocket\r\n' +
        'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const chunks: string[] = [];
    try {
      for await (const chunk of secure) chunks.push(String(chunk));
    } catch (error) {
      return Object(error).code;
    }
    return chunks.join('').split('\r\n')[0] ?? '';
  }

  it.each([
    ['html', 'HTTP/1.1 502 Bad Gateway'],
    ['rate-limit', 'HTTP/1.1 429 Too Many Requests'],
    ['challenge', 'HTTP/1.1 403 Forbidden'],
    ['reset-before', 'ECONNRESET'],
  ] as const)('an upgrade is struck by %s', async (kind, line) => {
    cloud.faults.add({ route: 'subscriptions.connect', kind });
    expect(await refused()).toBe(line);
    expect(cloud.journal.entries().at(-1)).toMatchObject({ route: 'subscriptions.connect', fault: kind });
  });

  it('a socket is cut after so many frames', async () => {
    service.switches.socketFrames = 2;
    const socket = await (await open()).acknowledged();
    socket.subscribe('0', status, { id: await deploy('v6') });
    expect([await socket.closed, socket.data('0').length]).toEqual([{ code: 1006 }, 2]);
  });

  it.each([
    { speaks: 'mute', heard: [] },
    { speaks: 'silent', heard: ['connection_ack'] },
    { speaks: 'garbage', heard: ['connection_ack', 'unreadable'] },
  ] as const)('a socket that is opened is $speaks', async ({ speaks, heard }) => {
    service.switches.socketSpeaks = speaks;
    await using socket = await open();
    socket.send({ type: 'connection_init' });
    socket.subscribe('0', status, { id: await deploy('v10') });
    // As long as a socket that speaks takes to tell of it.
    await delay(300);
    expect([...new Set(socket.frames.map(({ type }) => type))]).toEqual(heard);
  });

  it('the stream of statuses ends at one that decides nothing', async () => {
    service.switches.statusStreamEndsAt = 'BUILDING';
    await using socket = await (await open()).acknowledged();
    socket.subscribe('0', status, { id: await deploy('v7') });
    await socket.until(({ type }) => type === 'complete');
    expect(socket.data('0').at(-1).data.deployment.status).toBe('BUILDING');
  });

  it('the stream of the log ends before anything is decided', async () => {
    service.switches.logStream = 'ends-early';
    await using socket = await (await open()).acknowledged();
    const id = await deploy('v8');
    socket.subscribe('0', buildLogs, { id });
    await socket.until(({ type }) => type === 'complete');
    expect(service.world.deployments.get(id)?.isOnTheWay).toBe(true);
  });

  it('goes on over a status that never ends the wait', async () => {
    service.next({ service: 'web' }, { kind: 'skipped' });
    await using socket = await (await open()).acknowledged();
    socket.subscribe('0', status, { id: await deploy('v9') });
    await socket.until(({ payload }) => payload?.data?.deployment?.status === 'SKIPPED');
    expect(socket.frames.some(({ type }) => type === 'complete')).toBe(false);
  });
});
