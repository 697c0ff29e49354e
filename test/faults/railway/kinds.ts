import type { RailwaySwitches } from '../../../packages/local-cloud/src/railway/switches.ts';
import type { Kind } from '../kinds.ts';

/** What Railway answers with status 200 where it answers nothing. */
export const railwayErrors = {
  trouble: 'Problem processing request',
  refused: 'Not Authorized',
  drift: 'Cannot query field "id" on type "Deployment".',
} as const;

/** It comes instead of the answer, and nothing is done. */
const errors = (message: string): Kind => ({
  name: `200 ${message.split(' "')[0]}`,
  fault: { kind: 'status', status: 200, body: bodyOf(message) },
});

/** What was asked for is done all the same. */
const errorsAfter = (message: string): Kind => ({
  name: `200 ${message}, and done`,
  fault: { kind: 'wrong', patch: bodyOf(message) },
});

function bodyOf(message: string): object {
  const code = message === railwayErrors.drift ? 'GRAPHQL_VALIDATION_FAILED' : 'INTERNAL_SERVER_ERROR';
  return { errors: [{ message, extensions: { code }, traceId: '4212' }], data: null };
}

const status = (code: number, body?: object): Kind => ({
  name: String(code),
  fault: { kind: 'status', status: code, ...(body === undefined ? {} : { body }) },
});
const down: Kind = status(503);
const reset: Kind = { name: 'reset-before', fault: { kind: 'reset-before' } };
const stall: Kind = { name: 'stall', fault: { kind: 'stall' }, waits: true };

const onAnyChange: readonly Kind[] = [
  status(500),
  down,
  status(401),
  status(403),
  { name: '429', fault: { kind: 'rate-limit' } },
  { name: '429 retry-after', fault: { kind: 'rate-limit', retryAfter: 1 } },
  { name: 'html', fault: { kind: 'html' } },
  { name: 'challenge', fault: { kind: 'challenge' } },
  reset,
  { name: 'reset-after', fault: { kind: 'reset-after' } },
  { name: 'truncate', fault: { kind: 'truncate' } },
  { name: 'delay', fault: { kind: 'delay', ms: 1_000 } },
  stall,
];

/** Of the POST of an archive, which is no GraphQL. */
export const uploadKinds: readonly Kind[] = [
  ...onAnyChange,
  status(400, { message: 'Failed to read the uploaded archive' }),
  status(413),
  { name: 'wrong', fault: { kind: 'wrong', patch: { deploymentId: null } } },
];

/** Of a mutation whose field answers true. */
export function mutationKinds(field: string): readonly Kind[] {
  return [
    ...onAnyChange,
    ...Object.values(railwayErrors).map(errors),
    errorsAfter(railwayErrors.trouble),
    {
      name: '200 with data and errors',
      fault: { kind: 'wrong', patch: { ...bodyOf(railwayErrors.trouble), data: { [field]: true } } },
    },
    { name: 'wrong', fault: { kind: 'wrong', patch: { data: { [field]: false } } } },
  ];
}

/** Where another story has the same mutation: refused, in trouble, done without an answer, never answered. */
export const again: readonly string[] = [
  '200 Not Authorized',
  '200 Problem processing request',
  '200 Problem processing request, and done',
  '503',
  'reset-after',
  'stall',
];

/** Lies of a route beside the one named after it. */
const moreLies: Readonly<Record<string, readonly string[]>> = {
  'graphql.deployments': ['no-deployments', 'oldest-first', 'unknown-status'],
  'graphql.deployment': ['unknown-status'],
};

/** Of a question: `lies` are the names of Railway's mutators. */
export function readKinds(route: string, lies: readonly string[]): readonly Kind[] {
  const own = [...lies.filter((name) => name === route), ...(moreLies[route] ?? [])];
  return [
    reset,
    down,
    stall,
    errors(railwayErrors.trouble),
    errors(railwayErrors.refused),
    ...own.map(
      (mutator): Kind => ({
        name: mutator === route ? 'wrong' : `wrong: ${mutator}`,
        fault: { kind: 'wrong', mutator },
      }),
    ),
  ];
}

/** Of the upgrade to a WebSocket: it is not opened. */
export const upgradeKinds: readonly Kind[] = [
  status(401),
  down,
  { name: '429 retry-after', fault: { kind: 'rate-limit', retryAfter: 1 } },
  { name: 'challenge', fault: { kind: 'challenge' } },
  reset,
  { name: 'delay', fault: { kind: 'delay', ms: 1_000 } },
  stall,
];

/** How one behaves that is open. */
export const socketManners: Readonly<Record<string, Partial<RailwaySwitches>>> = {
  'dropped midway': { socketFrames: 2 },
  mute: { socketSpeaks: 'mute' },
  silent: { socketSpeaks: 'silent' },
  'garbage frames': { socketSpeaks: 'garbage' },
  'ends its streams early': { statusStreamEndsAt: 'BUILDING', logStream: 'ends-early' },
};

/** From some call on, and for ever. */
export const lastingKinds: readonly Kind[] = [
  { ...reset, waits: true },
  { ...down, waits: true },
  { ...errors(railwayErrors.trouble), waits: true },
  stall,
];
