import type { ClientRequest } from 'node:http';
import { ExchangeError } from './exchange-error.ts';

/** Answers with 1xx come before the one that was asked for: one or two, and from a broken server without end. */
const mostInterim = 20;

/** Counts them, and says so once there are too many. */
export function interimCounter(fail: (why: ExchangeError) => void): () => void {
  let count = 0;
  return () => {
    count++;
    if (count > mostInterim)
      fail(
        new ExchangeError('assertion', `more than ${mostInterim} informational answers (1xx) and no other`),
      );
  };
}

/** Why `101` to a request that asked for no other protocol is no answer. */
export function switchedProtocols(): ExchangeError {
  return new ExchangeError('assertion', 'the server switched protocols (101), which nobody asked for');
}

/** Rejects what Node announces by events of their own, and would leave without an answer. */
export function refuseStrays(request: ClientRequest, fail: (why: Error) => void): void {
  let isAnswered = false;
  request.on('error', fail);
  request.on('information', interimCounter(fail));
  request.once('response', () => {
    isAnswered = true;
  });
  request.once('close', () => {
    if (!isAnswered) fail(new Error('the connection was closed'));
  });
}
