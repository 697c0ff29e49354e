/**
 * Answers that are well formed and untrue, by route: what a stale replica or a half-applied change shows. A client that
 * believes one of them alone claims a success that is none, or a failure that is none.
 */
export const flyWrongStates: Readonly<Record<string, (answer: unknown) => unknown>> = {
  'flaps.apps.get': (app) => ({ ...record(app), status: 'suspended' }),
  'flaps.machines.list': (machines) => list(machines).map(withOtherImage),
  'flaps.machines.get': withOtherImage,
  'flaps.machines.ps': () => [],
  'flaps.machines.events': () => [],
  'flaps.lease.get': (lease) => ({
    ...record(lease),
    data: { ...record(record(lease).data), expires_at: 0 },
  }),
  'graphql.app.releases': withReleasesRunning,
  'graphql.app.current-release': withReleasesRunning,
  'graphql.app.image': withOtherDigest,
  'uiex.releases.list': (answer) => ({ releases: list(record(answer).releases).map(running) }),
  'uiex.releases.current': running,
  'uiex.logs': (answer) => ({ ...record(answer), data: [] }),
};

const otherDigest = `sha256:${'0'.repeat(64)}`;

function withOtherImage(machine: unknown): unknown {
  const { image_ref: ref, ...rest } = record(machine);
  return { ...rest, image_ref: { ...record(ref), digest: otherDigest } };
}

function withOtherDigest(answer: unknown): unknown {
  return mapObjects(answer, (node) => ('digest' in node ? { ...node, digest: otherDigest } : node));
}

function withReleasesRunning(answer: unknown): unknown {
  return mapObjects(answer, (node) => ('version' in node && 'status' in node ? running(node) : node));
}

function running(release: unknown): Record<string, unknown> {
  return { ...record(release), status: 'running' };
}

function mapObjects(
  value: unknown,
  change: (node: Record<string, unknown>) => Record<string, unknown>,
): unknown {
  if (Array.isArray(value)) return value.map((entry) => mapObjects(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [name, mapObjects(entry, change)]);
  return change(Object.fromEntries(entries));
}

function record(value: unknown): Record<string, unknown> {
  return Object(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
