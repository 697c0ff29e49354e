import { WebSocketServer } from 'ws';
import type { RequestHead, UpgradedClient } from '../../service.ts';
import type { Deploys } from '../deploys.ts';
import { schemaWithout } from '../graphql/schema.ts';
import { viewerOf } from '../graphql/viewer-of.ts';
import { graphqlPath } from '../graphql-api.ts';
import type { RailwayWorld } from '../world.ts';
import { protocol, SubscriptionSocket } from './socket.ts';

const server = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
});

export function isSubscription({ method, url }: RequestHead): boolean {
  return method === 'GET' && url.pathname === graphqlPath;
}

/** The token is that of the upgrade's own headers, for good. */
export function openSocket(
  { headers }: RequestHead,
  { incoming, client, answered }: UpgradedClient,
  { world, deploys }: { readonly world: RailwayWorld; readonly deploys: Deploys },
): void {
  const viewer = viewerOf({ world, deploys }, headers);
  const schema = schemaWithout(world.doors.switches.missingFields);
  answered(101);
  server.handleUpgrade(incoming, client, Buffer.alloc(0), (socket) => {
    if (socket.protocol !== protocol) return socket.close(4406, 'Subprotocol not acceptable');
    new SubscriptionSocket(socket, { viewer, schema });
  });
}
