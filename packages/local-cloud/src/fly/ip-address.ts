import type { CloudClock } from '../clock.ts';
import type { Ids } from './ids.ts';
import type { FlyApp } from './machine.ts';
import type { IpAddress, IpType } from './model.ts';

export const ipTypes: readonly string[] = ['v4', 'v6', 'shared_v4', 'private_v6'] satisfies IpType[];

export function isIpType(type: unknown): type is IpType {
  return typeof type === 'string' && ipTypes.includes(type);
}

/** Addresses for documentation (RFC 5737, RFC 3849), so that nobody reaches a stranger. No two are the same. */
const addressOf: Readonly<Record<IpType, (number: number) => string>> = {
  v4: (number) => `198.51.100.${number}`,
  shared_v4: (number) => `192.0.2.${number}`,
  v6: (number) => `2001:db8::${number}`,
  private_v6: (number) => `fdaa:0:1:0:1::${number}`,
};

/** A second shared address is the first one again: an app has one at most. */
export function assignAddress(
  app: FlyApp,
  wanted: { readonly type: IpType; readonly region?: string },
  doors: { readonly clock: CloudClock; readonly ids: Ids },
): IpAddress {
  const shared = wanted.type === 'shared_v4' ? app.ips.find(({ type }) => type === 'shared_v4') : undefined;
  if (shared !== undefined) return shared;
  const address: IpAddress = {
    id: doors.ids.address(),
    address: addressOf[wanted.type](10 + doors.ids.place(wanted.type)),
    type: wanted.type,
    region: wanted.region || 'global',
    createdAt: new Date(doors.clock.now()).toISOString(),
  };
  app.ips.push(address);
  return address;
}

export function releaseAddress(app: FlyApp, address: string): boolean {
  const index = app.ips.findIndex((ip) => ip.address === address || ip.id === address);
  if (index === -1) return false;
  app.ips.splice(index, 1);
  return true;
}
