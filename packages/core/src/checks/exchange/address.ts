import { bareHost } from './bare-host.ts';

/** Where a connection goes; IPv6 addresses without brackets. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export function addressOf(url: URL): Address {
  return { host: hostOf(url), port: portOf(url) };
}

/** The host of a URL, an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return bareHost(url.hostname);
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80;
}
