import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import type { Address } from './address.ts';
import { bareHost } from './bare-host.ts';
import { ExchangeError } from './exchange-error.ts';

/** How a check wants its hosts to be found, in place of what the system would do. */
export interface Route {
  /** The one family to use; both are raced when undefined. */
  readonly family: 4 | 6 | undefined;
  /** Addresses by `host:port`, as curl's `--resolve` has them. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Where to connect instead, as curl's `--connect-to` has them; the first that fits counts, before `addresses`. */
  readonly detours: readonly Detour[];
}

/** `host1:port1:host2:port2`; what is undefined on the left is any, and on the right stays as it was. */
export interface Detour {
  readonly from: Partial<Address>;
  readonly to: Partial<Address>;
}

/** Where to connect to: a host or an address. Throws ExchangeError `resolve` when there is none of the family that is asked for. */
export function routed(address: Address, route: Route | undefined): Address {
  if (route === undefined) return address;
  const { host, port } = detoured(address, route.detours);
  const found = route.addresses.get(`${host}:${port}`) ?? host;
  const family = isIP(found);
  if (family !== 0 && route.family !== undefined && family !== route.family)
    throw new ExchangeError('resolve', `${found} is not an IPv${route.family} address`);
  return { host: found, port };
}

function detoured(address: Address, detours: readonly Detour[]): Address {
  const detour = detours.find(
    ({ from: { host = address.host, port = address.port } }) =>
      host === address.host && port === address.port,
  );
  return { ...address, ...detour?.to };
}

/** The same for a proxy to connect to: it would choose the family itself, so that it is given an address. */
export async function routedByProxy(address: Address, route: Route | undefined): Promise<Address> {
  const { host, port } = routed(address, route);
  if (route?.family === undefined || isIP(host) !== 0) return { host, port };
  const found = await lookup(host, { family: route.family });
  return { host: found.address, port };
}

/** Reads `host:port:address`; an IPv6 address may stand in brackets. Undefined for what is not such a rule. */
export function readPin(written: string): { readonly from: string; readonly address: string } | undefined {
  const [, host = '', port, address = ''] = /^(\[[^\]]+\]|[^:[\]]+):(\d+):(.+)$/.exec(written.trim()) ?? [];
  const bare = unbracketed(address);
  if (port === undefined || isIP(bare) === 0) return undefined;
  return { from: `${unbracketed(host).toLowerCase()}:${Number(port)}`, address: bare };
}

/** Reads `host1:port1:host2:port2`; undefined for what is not such a rule, or changes nothing. */
export function readDetour(written: string): Detour | undefined {
  const host = String.raw`(\[[^\]]+\]|[^\s:[\]/]*)`;
  const match = new RegExp(`^${host}:(\\d*):${host}:(\\d*)$`).exec(written.trim());
  if (match === null) return undefined;
  const [, host1 = '', port1 = '', host2 = '', port2 = ''] = match;
  const isPort = (port: string) => port === '' || (Number(port) >= 1 && Number(port) <= 65_535);
  if (!isPort(port1) || !isPort(port2) || (host2 === '' && port2 === '')) return undefined;
  return { from: place(host1, port1), to: place(host2, port2) };
}

function place(host: string, port: string): Partial<Address> {
  return {
    ...(host === '' ? {} : { host: unbracketed(host).toLowerCase() }),
    ...(port === '' ? {} : { port: Number(port) }),
  };
}

function unbracketed(host: string): string {
  const bare = bareHost(host);
  return isIPv6(bare) ? bare : host;
}
