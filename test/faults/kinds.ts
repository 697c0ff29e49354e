import type { Fault } from '#local-cloud';

/** A fault by the name the tables give it. */
export interface Kind {
  readonly name: string;
  readonly fault: Fault;
  /** It ends by a limit rather than by an answer: the case mostly waits. */
  readonly waits?: true;
}

const status = (code: number): Kind => ({ name: String(code), fault: { kind: 'status', status: code } });
const down: Kind = { name: '503', fault: { kind: 'status', status: 503 } };
const reset: Kind = { name: 'reset-before', fault: { kind: 'reset-before' } };
const stall: Kind = { name: 'stall', fault: { kind: 'stall' }, waits: true };

/** What may happen to a request that changes something. */
export function mutationKinds(service: string): readonly Kind[] {
  // To flyctl 403 is one refusal more; to the ledger it is a permission that is missing.
  return service === 'fly' ? onAnyMutation : [status(403), ...onAnyMutation];
}

const onAnyMutation: readonly Kind[] = [
  status(500),
  down,
  status(401),
  status(422),
  { name: '429', fault: { kind: 'rate-limit' } },
  { name: '429 retry-after', fault: { kind: 'rate-limit', retryAfter: 1 } },
  { name: 'html', fault: { kind: 'html' } },
  reset,
  { name: 'reset-after', fault: { kind: 'reset-after' } },
  { name: 'truncate', fault: { kind: 'truncate' } },
  { name: 'delay', fault: { kind: 'delay', ms: 1_000 } },
  stall,
];

/** What may happen to one that only reads; `wrong` is added where the service has a lie to tell. */
export const readKinds: readonly Kind[] = [reset, down, stall];

/** What may happen to a request of a check. */
export const trafficKinds: readonly Kind[] = [reset, status(500), down, stall];

/** From some call on, and for ever. */
export const lastingKinds: readonly Kind[] = [{ ...reset, waits: true }, { ...down, waits: true }, stall];

/** The services' mutators, by the route each can lie about. Fly's are named after their routes. */
const githubLies: Readonly<Record<string, string>> = {
  'compare.get': 'compare-swapped',
  'deployments.list': 'list-empty',
  'deployment-statuses.list': 'list-empty',
  'graphql.deployments': 'graphql-deployments-empty',
};

export function wrongKind(
  request: { readonly service: string; readonly route: string },
  flyLies: readonly string[],
): Kind | undefined {
  const { service, route } = request;
  const mutator = service === 'github' ? githubLies[route] : flyLies.find((name) => name === route);
  return mutator === undefined ? undefined : { name: 'wrong', fault: { kind: 'wrong', mutator } };
}
