import { assertMayChange, findApp } from './access.ts';
import { certificateJson, certificateSummary } from './certificate.ts';
import type { Certificate } from './model.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const flaps = { host: 'api.machines.dev', surface: 'flaps', access: 'token' } as const;
const read = { ...flaps, method: 'GET', mutation: false } as const;
const change = { ...flaps, method: 'POST', mutation: true } as const;
const all = '/v1/apps/{app}/certificates';
const one = `${all}/{hostname}`;

/** As flyctl's `certs` asks for them. Certificates of the user's own making are not taken. */
export const certificateRoutes: readonly Route[] = [
  { ...read, name: 'flaps.certificates.list', path: all, handle: list },
  { ...change, name: 'flaps.certificates.create', path: `${all}/acme`, handle: create },
  { ...read, name: 'flaps.certificates.get', path: one, handle: show },
  { ...change, name: 'flaps.certificates.check', path: `${one}/check`, handle: show },
  { ...change, name: 'flaps.certificates.destroy', method: 'DELETE', path: one, handle: destroy },
];

function list(call: Call) {
  const { certificates } = appOf(call);
  const now = call.world.doors.clock.now();
  const limit = Number(call.request.url.searchParams.get('limit') ?? 25);
  const shown = [...certificates.values()].slice(0, limit);
  return {
    status: 200,
    body: {
      certificates: shown.map((certificate) => certificateSummary(certificate, now)),
      total_count: certificates.size,
    },
  };
}

function create(call: Call) {
  assertMayChange(call.token);
  const app = appOf(call);
  const { hostname } = call.body;
  if (typeof hostname !== 'string' || !/^(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+$/.test(hostname)) {
    throw new Refusal(422, 'Hostname is invalid');
  }
  if (app.certificates.has(hostname)) throw new Refusal(422, 'Hostname has already been taken');
  const { clock, settings } = call.world.doors;
  const certificate = { hostname, askedAtMs: clock.now(), takesMs: settings.certificateMs };
  app.certificates.set(hostname, certificate);
  return { status: 201, body: certificateJson(certificate, app, clock.now()) };
}

function show(call: Call) {
  const certificate = certificateOf(call);
  return { status: 200, body: certificateJson(certificate, appOf(call), call.world.doors.clock.now()) };
}

function destroy(call: Call) {
  assertMayChange(call.token);
  appOf(call).certificates.delete(certificateOf(call).hostname);
  return { status: 204 };
}

function appOf(call: Call) {
  return findApp(call.world, call.token, param(call, 'app'));
}

function certificateOf(call: Call): Certificate {
  const certificate = appOf(call).certificates.get(param(call, 'hostname'));
  if (certificate === undefined) throw new Refusal(404, 'certificate not found');
  return certificate;
}
