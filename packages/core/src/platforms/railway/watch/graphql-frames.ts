import { anything, decoded, object, optional, text } from '../../../text/decode.ts';
import { railwayProblem } from '../api/problem.ts';

/** The WebSocket's subprotocol. https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export const subprotocol = 'graphql-transport-ws';

/** What the server says. `none`: nothing that we know, which is passed over. */
export type ServerFrame =
  | { readonly kind: 'ack' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'next'; readonly id: string; readonly data: unknown }
  /** One stream failed, or brought an error in place of data. */
  | { readonly kind: 'trouble'; readonly id: string; readonly said: string }
  | { readonly kind: 'complete'; readonly id: string }
  | { readonly kind: 'none' };

const frame = object({ type: text, id: optional(text), payload: optional(anything) });

export function readFrame(message: string): ServerFrame {
  let read: ReturnType<typeof frame> | undefined;
  try {
    read = decoded(frame, JSON.parse(message));
  } catch {
    return { kind: 'none' };
  }
  const { type, id = '', payload } = read ?? { type: '' };
  switch (type) {
    case 'connection_ack':
      return { kind: 'ack' };
    case 'ping':
      return { kind: 'ping' };
    case 'next':
      return nextFrame(id, Object(payload));
    case 'error':
      return { kind: 'trouble', id, said: railwayProblem(payload)?.message ?? 'no message' };
    case 'complete':
      return { kind: 'complete', id };
    default:
      return { kind: 'none' };
  }
}

function nextFrame(
  id: string,
  { data, errors }: { readonly data?: unknown; readonly errors?: unknown },
): ServerFrame {
  const problem = railwayProblem(errors);
  return problem === undefined ? { kind: 'next', id, data } : { kind: 'trouble', id, said: problem.message };
}

/** The token is in the upgrade's header: one in here would be acknowledged, and not count. */
export const initFrame = JSON.stringify({ type: 'connection_init' });
export const pongFrame = JSON.stringify({ type: 'pong' });

export function subscribeFrame(
  id: string,
  { document, variables }: { readonly document: string; readonly variables: object },
): string {
  const query = document.replace(/\s+/g, ' ');
  const operationName = /^\s*subscription\s+(\w+)/.exec(query)?.[1];
  return JSON.stringify({ id, type: 'subscribe', payload: { query, variables, operationName } });
}

export function completeFrame(id: string): string {
  return JSON.stringify({ id, type: 'complete' });
}
