import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Delivery } from '../faults/delivery.ts';
import type { ServiceAnswer } from '../service.ts';
import { withoutHops } from './app-proxy.ts';
import type { Tunnels } from './tunnels.ts';

/** Ends an exchange the way the delivery says, and resolves when nothing more will be sent. */
export async function deliver(delivery: Delivery, response: ServerResponse, tunnels: Tunnels): Promise<void> {
  switch (delivery.kind) {
    case 'answer':
      return send(delivery.answer, response);
    case 'stream':
      return stream(delivery.from, response);
    case 'truncated':
      return sendHalf(delivery.answer, response, tunnels);
    case 'reset':
      return reset(response, tunnels);
    case 'silence':
      if (!response.destroyed) await once(response, 'close');
  }
}

/** The status a client will see, or null where it sees none. */
export function statusOf(delivery: Delivery): number | null {
  if (delivery.kind === 'stream') return delivery.from.statusCode ?? null;
  return 'answer' in delivery ? delivery.answer.status : null;
}

export function send(answer: ServiceAnswer, response: ServerResponse): void {
  const payload = payloadOf(answer);
  response.writeHead(answer.status, headersOf(answer, payload));
  response.end(payload);
}

/** An answer in full, for a connection that no server writes to: an upgrade that is refused. */
export function refusal(answer: ServiceAnswer): Buffer {
  const payload = payloadOf(answer);
  const headers = { connection: 'close', ...headersOf(answer, payload) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = STATUS_CODES[answer.status] ?? 'Not Upgraded';
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${answer.status} ${status}\r\n${lines.join('')}\r\n`),
    payload,
  ]);
}

async function stream(from: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(from.statusCode ?? 502, withoutHops(from.headers));
  response.flushHeaders();
  // An application that dies in mid-answer, or a client that leaves, ends both sides.
  await pipeline(from, response).catch(() => undefined);
}

function sendHalf(answer: ServiceAnswer, response: ServerResponse, tunnels: Tunnels): void {
  const payload = payloadOf(answer);
  // Without a body there is no middle to cut in.
  if (payload.length === 0) {
    reset(response, tunnels);
    return;
  }
  const { socket } = response;
  response.writeHead(answer.status, headersOf(answer, payload));
  response.write(payload.subarray(0, payload.length >> 1), () => socket?.destroySoon());
}

function reset(response: ServerResponse, tunnels: Tunnels): void {
  if (response.socket !== null) tunnels.reset(response.socket);
}

function payloadOf({ body }: ServiceAnswer): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'object' ? JSON.stringify(body) : (body ?? ''));
}

function headersOf(answer: ServiceAnswer, payload: Buffer): Record<string, string> {
  const headers: Record<string, string> = {};
  if (typeof answer.body === 'string') headers['content-type'] = 'text/plain; charset=utf-8';
  else if (answer.body !== undefined) headers['content-type'] = 'application/json; charset=utf-8';
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[name.toLowerCase()] = value;
  const bodiless = answer.status === 204 || answer.status === 304;
  return bodiless ? headers : { ...headers, 'content-length': String(payload.length) };
}
