import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import type { Address } from './connect.ts';
import { Trouble } from './trouble.ts';

/** How a check wants its hosts to be found, in place of what the system would do. */
export interface Route {
  /** The one family to use; both are raced when undefined. */
  readonly family: 4 | 6 | undefined;
  /** Addresses by `host:port`, as curl's `--resolve` has them. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** The host or the address to connect to. Throws Trouble `resolve` when there is none of the family that is asked for. */
export function routed({ host, port }: Address, route: Route | undefined): string {
  if (route === undefined) return host;
  const found = route.addresses.get(`${host}:${port}`) ?? host;
  const family = isIP(found);
  if (family !== 0 && route.family !== undefined && family !== route.family)
    throw new Trouble('resolve', `${found} is not an IPv${route.family} address`);
  return found;
}

/** The same for a proxy to connect to: it would choose the family itself, so that it is given an address. */
export async function routedByProxy(address: Address, route: Route | undefined): Promise<Address> {
  const host = routed(address, route);
  if (route?.family === undefined || isIP(host) !== 0) return { ...address, host };
  const found = await lookup(host, { family: route.family });
  return { ...address, host: found.address };
}

/** Reads `host:port:address`; an IPv6 address may stand in brackets. Undefined for what is not such a rule. */
export function readPin(written: string): { readonly from: string; readonly address: string } | undefined {
  const [, host = '', port, address = ''] = /^(\[[^\]]+\]|[^:[\]]+):(\d+):(.+)$/.exec(written.trim()) ?? [];
  const bare = unbracketed(address);
  if (port === undefined || isIP(bare) === 0) return undefined;
  return { from: `${unbracketed(host).toLowerCase()}:${Number(port)}`, address: bare };
}

function unbracketed(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIPv6(bare) ? bare : host;
}
