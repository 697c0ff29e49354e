import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subscriptions } from '../../../../../packages/core/src/platforms/railway/api/documents.ts';
import {
  readFrame,
  subscribeFrame,
} from '../../../../../packages/core/src/platforms/railway/watch/graphql-frames.ts';

describe('what the server says', () => {
  it.each([
    ['{"type":"connection_ack"}', { kind: 'ack' }],
    ['{"type":"ping"}', { kind: 'ping' }],
    ['{"type":"pong"}', { kind: 'none' }],
    ['{"id":"0","type":"next","payload":{"data":{"a":1}}}', { kind: 'next', id: '0', data: { a: 1 } }],
    [
      '{"id":"0","type":"next","payload":{"data":null,"errors":[{"message":"Problem processing request"}]}}',
      { kind: 'trouble', id: '0', said: 'Problem processing request' },
    ],
    ['{"id":"0","type":"error","payload":[{"message":"no"}]}', { kind: 'trouble', id: '0', said: 'no' }],
    ['{"id":"0","type":"error"}', { kind: 'trouble', id: '0', said: 'no message' }],
    ['{"id":"0","type":"complete"}', { kind: 'complete', id: '0' }],
    ['{"type":"something_new","id":"0"}', { kind: 'none' }],
    ['{"type":7}', { kind: 'none' }],
    ['[]', { kind: 'none' }],
    ['null', { kind: 'none' }],
    ['half of', { kind: 'none' }],
  ])('%s is read', (message, frame) => {
    expect(readFrame(message)).toEqual(frame);
  });

  it('is never more than can be read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (message) => {
        expect(readFrame(message).kind).toMatch(/^(?:ack|ping|next|trouble|complete|none)$/);
      }),
    );
  });
});

describe('what the server is asked', () => {
  it('is a document on one line, with its name and variables, and no token', () => {
    const document = subscriptions.deploymentEvents;
    expect(JSON.parse(subscribeFrame('1', { document, variables: { deploymentId: 'd1' } }))).toEqual({
      id: '1',
      type: 'subscribe',
      payload: {
        query: expect.stringMatching(
          /^subscription DeploymentEvents\(\$deploymentId: String!\) \{ deploymentEvents/,
        ),
        variables: { deploymentId: 'd1' },
        operationName: 'DeploymentEvents',
      },
    });
  });
});
