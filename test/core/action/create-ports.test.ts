import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPorts } from '../../../packages/core/src/action/create-ports.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

/** A server that answers 500 and repeats the query it was asked. */
const server = createServer((request, response) => {
  response.writeHead(500).end(`failed for ${decodeURIComponent(request.url ?? '')}`);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

describe('the ports of an action', () => {
  it('keep what was masked out of network errors', async () => {
    const runner = recordingRunner();
    const ports = createPorts('probe', runner, new AbortController().signal);
    ports.runner.mask('hush hush');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const request = { method: 'GET', url: `${origin}/?q=hush%20hush`, retry: 'once' } as const;
    await expect(ports.http.request(request)).rejects.toMatchObject({
      message: `GET ${origin}/?q=*** → 500 Internal Server Error`,
      bodyExcerpt: 'failed for /?q=***',
    });
    expect(runner.masked).toEqual(['hush hush']);
  });
});
