import { assertMayChange, findApp } from './access.ts';
import { assignAddress, ipTypes, isIpType, releaseAddress } from './ip-address.ts';
import type { IpAddress } from './model.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const all = '/v1/apps/{app}/ip_assignments';

export const ipRoutes: readonly Route[] = [
  { ...flaps, name: 'flaps.ips.list', method: 'GET', path: all, mutation: false, handle: listIps },
  { ...flaps, name: 'flaps.ips.create', method: 'POST', path: all, mutation: true, handle: assignIp },
  {
    ...flaps,
    name: 'flaps.ips.release',
    method: 'DELETE',
    path: `${all}/{ip}`,
    mutation: true,
    handle: releaseIp,
  },
];

function ipJson({ address, type, region, createdAt }: IpAddress) {
  return { ip: address, region, service_name: '', shared: type === 'shared_v4', created_at: createdAt };
}

/** With any listed, flyctl asks a public resolver for their names, unless it is told `--dns-checks=false`. */
function listIps(call: Call) {
  const { ips } = findApp(call.world, call.token, param(call, 'app'));
  return { status: 200, body: { ips: ips.map(ipJson) } };
}

function assignIp(call: Call) {
  assertMayChange(call.token);
  const app = findApp(call.world, call.token, param(call, 'app'));
  const { type, region } = call.body;
  if (!isIpType(type)) {
    throw new Refusal(400, `invalid_argument: type must be one of ${ipTypes.join(', ')}`);
  }
  const wanted = { type, ...(typeof region === 'string' ? { region } : {}) };
  return { status: 200, body: ipJson(assignAddress(app, wanted, call.world.doors)) };
}

function releaseIp(call: Call) {
  assertMayChange(call.token);
  const app = findApp(call.world, call.token, param(call, 'app'));
  if (!releaseAddress(app, param(call, 'ip'))) throw new Refusal(404, 'ip address not found');
  return { status: 204 };
}
