import { addressOf } from './address.ts';
import type { ExchangeRequest } from './message.ts';
import type { Proxies } from './proxy.ts';
import type { Route } from './route.ts';
import { routed } from './route.ts';
import { chosenProxy } from './web-connection.ts';

/** Everything that shapes a connection: two requests with the same key may go over the same one. */
export function connectionKey(request: ExchangeRequest, proxies: Proxies, route: Route | undefined): string {
  const { url, tls } = request;
  const at = routed(addressOf(url), route);
  return JSON.stringify([
    url.protocol,
    url.host,
    at,
    route?.family,
    chosenProxy(request, proxies)?.href,
    tls,
  ]);
}
