const untouched: readonly string[] = ['instances', 'meta'];

type Json = Readonly<Record<string, unknown>>;

/**
 * Answers that are well formed and untrue, by route: what a replica shows that lags, or a platform that has forgotten. A
 * client that believes one of them alone claims a success that is none, or a failure that is none.
 */
export const railwayWrongStates: Readonly<Record<string, (answer: unknown) => unknown>> = {
  'graphql.deployment': (answer) => withStatus(answer, 'BUILDING'),
  'graphql.deployments': (answer) => listed(answer, 'deployments', (edges) => edges.slice(1)),
  'graphql.deploymentEvents': (answer) => listed(answer, 'deploymentEvents', () => []),
  'graphql.serviceInstance': (answer) =>
    changed(answer, 'serviceInstance', (one) => ({
      ...one,
      ...('activeDeployments' in one ? { activeDeployments: [] } : {}),
    })),
  'graphql.buildLogs': (answer) => changed(answer, 'buildLogs', () => []),
  'graphql.deploymentLogs': (answer) => changed(answer, 'deploymentLogs', () => []),
  'graphql.environmentLogs': (answer) => changed(answer, 'environmentLogs', () => []),
  'graphql.deploymentTriggers': (answer) => listed(answer, 'deploymentTriggers', () => []),
  /** Of `graphql.deployments`: a list as it was before anything was deployed. */
  'no-deployments': (answer) => listed(answer, 'deployments', () => []),
  /** Of `graphql.deployments`: not newest first, which is documented nowhere. */
  'oldest-first': (answer) => listed(answer, 'deployments', (edges) => edges.toReversed()),
  /** Of `graphql.deployment` and `graphql.deployments`: a status of another day. */
  'unknown-status': (answer) => withStatus(answer, 'CANCELLED'),
};

function changed(answer: unknown, field: string, change: (value: Json) => unknown): unknown {
  const { data, ...rest } = record(answer);
  const fields = record(data);
  return field in fields ? { ...rest, data: { ...fields, [field]: change(record(fields[field])) } } : answer;
}

function listed(answer: unknown, field: string, change: (edges: readonly unknown[]) => unknown): unknown {
  return changed(answer, field, (connection) => ({
    ...connection,
    edges: change(Array.isArray(connection.edges) ? connection.edges : []),
  }));
}

/** Every deployment in an answer, told by having a status; its instances and its `meta` as they are. */
function withStatus(value: unknown, status: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => withStatus(entry, status));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [
    name,
    name === 'status' ? status : untouched.includes(name) ? entry : withStatus(entry, status),
  ]);
  return Object.fromEntries(entries);
}

function record(value: unknown): Json {
  return Object(value);
}
