import type { Agent, ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** What a request is given in place of an agent: the one connection that it goes over, and stays open after it. */
export type AgentLike = Agent;

/** Node asks an agent for no more than this. */
export function carrierOf(socket: Socket): AgentLike {
  const carrier = {
    defaultPort: 80,
    protocol: 'http:',
    keepAlive: true,
    maxSockets: Number.POSITIVE_INFINITY,
    options: {},
    addRequest: (request: ClientRequest) => request.onSocket(socket),
  };
  return carrier as unknown as AgentLike;
}
