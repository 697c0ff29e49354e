import { meansRoute } from '../faults/known-routes.ts';
import type { Service, ServiceAnswer } from '../service.ts';
import type { ControlledCloud } from './controlled-cloud.ts';
import { controlRoutes } from './routes.ts';

/** What somebody sees who opens the printed address: what can be asked of it, and what it stands in for. */
export function listing(cloud: ControlledCloud): ServiceAnswer {
  const page = {
    what: 'Belay’s local cloud: emulators of platforms that really run what is deployed. No stability is promised.',
    use: `This address is a CONNECT proxy (HTTPS_PROXY=${cloud.proxyUrl}, CA in ${cloud.caFile}) and the control API.`,
    documentation: 'packages/local-cloud/README.md',
    control: Object.fromEntries([...controlRoutes].map(([route, { does }]) => [route, does])),
    applications: cloud.appHosts().map((host) => `https://${host}`),
    emulated: Object.fromEntries(cloud.services().map((service) => [service.name, emulated(service)])),
  };
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 200, headers, body: `${JSON.stringify(page, null, 2)}\n` };
}

function emulated({ hosts, routes, parts, proxyTo }: Service): object {
  const all = proxyTo === undefined ? routes : [...routes, 'app'];
  if (parts === undefined) return { hosts, routes: all };
  const named = parts.map(({ part, does, routes: patterns }) => [
    part,
    { does, routes: all.filter((route) => patterns.some((pattern) => meansRoute(pattern, route))) },
  ]);
  return { hosts, parts: Object.fromEntries(named) };
}
