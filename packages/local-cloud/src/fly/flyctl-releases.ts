import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

const site = { host: 'api.fly.io', surface: 'text', access: 'none', method: 'GET', mutation: false } as const;

/** The public resolver of flyctl versions: the newest one it knows is the one the stand-in claims to be. */
const latest = '0.4.87';

export const flyctlReleaseRoutes: readonly Route[] = [
  {
    ...site,
    name: 'site.flyctl.resolve',
    path: '/app/flyctl_releases/{os}/{arch}/{selector}',
    handle: resolveVersion,
  },
  { ...site, name: 'site.flyctl.validate', path: '/app/flyctl_validate/{version}', handle: validateVersion },
];

/** Assets carry goreleaser's names; the resolver takes Go's as well. */
const systems: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  macos: 'macOS',
  windows: 'Windows',
};
const architectures: Readonly<Record<string, string>> = { amd64: 'x86_64', x86_64: 'x86_64', arm64: 'arm64' };

function resolveVersion(call: Call) {
  assertUp(call);
  const system = systems[param(call, 'os').toLowerCase()];
  const architecture = architectures[param(call, 'arch').toLowerCase()];
  if (system === undefined || architecture === undefined) throw new Refusal(404, 'Not found');
  const selector = param(call, 'selector').replace(/^v/, '');
  const version = selector === 'latest' || selector === 'pre' ? latest : selector;
  const extension = system === 'Windows' ? 'zip' : 'tar.gz';
  const asset = `flyctl_${version}_${system}_${architecture}.${extension}`;
  const url = `https://github.com/superfly/flyctl/releases/download/v${version}/${asset}`;
  if (!(call.request.headers.accept ?? '').includes('application/json')) {
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: url };
  }
  const timestamp = '2026-08-20T19:00:00Z';
  return { status: 200, body: { version, prerelease: false, download_url: url, timestamp } };
}

function validateVersion(call: Call) {
  assertUp(call);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
}

function assertUp(call: Call): void {
  if (call.world.doors.settings.resolverDown) throw new Refusal(503, 'Service Unavailable');
}
