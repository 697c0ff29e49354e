import type { Socket } from 'node:net';
import type { Address } from '../exchange/address.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { openTunnel } from '../exchange/connect.ts';
import { tunnelProxyFor } from '../exchange/proxy.ts';
import type { AttemptContext } from './check-type.ts';

/** Plain bytes to `address`, through the proxy of the environment where there is one. */
export function reach(address: Address, { proxies }: AttemptContext, watch: AttemptWatch): Promise<Socket> {
  return openTunnel(address, tunnelProxyFor(address, proxies), watch);
}
