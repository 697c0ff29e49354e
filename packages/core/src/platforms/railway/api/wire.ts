import {
  anything,
  type Decoder,
  decoded,
  flag,
  list,
  number,
  object,
  optional,
  text,
} from '../../../text/decode.ts';
import { deploymentMeta } from './wire-meta.ts';

/**
 * What Railway's API answers, as far as we read it. Shapes: the schema in the crate `railwayapp` 5.71.0. What is owed
 * there and can be missed here is optional, and a detail that cannot be read is absent: schemas drift.
 */

/** A detail: absent where it is not there, or is not what it was. */
export function maybe<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value) => decoded(decoder, value ?? undefined);
}

/** Of a document that asks for one thing: that thing. */
export function onlyField<T>(field: Readonly<Record<string, Decoder<T>>>): Decoder<T> {
  const [name = '', decoder] = Object.entries(field)[0] ?? [];
  return (value, path) => (decoder as Decoder<T>)(Object(value)[name], `${path}.${name}`);
}

/** The nodes of a connection. */
export function nodesOf<T>(node: Decoder<T>): Decoder<readonly T[]> {
  const connection = object({ edges: list(object({ node })) });
  return (value, path) => connection(value, path).edges.map((edge) => edge.node);
}

export interface Page<T> {
  readonly nodes: readonly T[];
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined;
}

/** One page of a connection. One that says it goes on and not from where is the last. */
export function pageOf<T>(node: Decoder<T>): Decoder<Page<T>> {
  const pageInfo = object({ pageInfo: object({ hasNextPage: flag, endCursor: optional(text) }) });
  const nodes = nodesOf(node);
  return (value, path) => {
    const { hasNextPage, endCursor } = pageInfo(value, path).pageInfo;
    return { nodes: nodes(value, path), next: hasNextPage ? endCursor : undefined };
  };
}

export const named = object({ id: text, name: text });

const instance = object({
  id: text,
  /** `RUNNING`, `EXITED` and others of `DeploymentInstanceStatus`; new ones may come. */
  status: text,
});
export type WireInstance = ReturnType<typeof instance>;

export const deployment = object({
  id: text,
  /** One of `DeploymentStatus`, or one that is newer than our table. */
  status: text,
  /** ISO 8601, UTC. */
  createdAt: text,
  statusUpdatedAt: maybe(text),
  /** All its instances have stopped. */
  deploymentStopped: maybe(flag),
  canRollback: maybe(flag),
  canRedeploy: maybe(flag),
  /** A host, without scheme. */
  staticUrl: maybe(text),
  url: maybe(text),
  meta: deploymentMeta,
  environmentId: maybe(text),
  serviceId: maybe(text),
  projectId: maybe(text),
  snapshotId: maybe(text),
  /** Undefined where they were not asked for. */
  instances: maybe(list(instance)),
  diagnosis: optional(anything),
  creator: maybe(object({ name: maybe(text), email: maybe(text) })),
});
export type WireDeployment = ReturnType<typeof deployment>;

export const deploymentEvent = object({
  id: text,
  /** One of `DeploymentEventStep`, or a newer one. */
  step: text,
  createdAt: text,
  completedAt: maybe(text),
  payload: maybe(
    object({
      attempt: maybe(number),
      maxAttempts: maybe(number),
      durationMs: maybe(number),
      detail: maybe(text),
      error: maybe(text),
      reason: maybe(text),
      skipped: maybe(flag),
    }),
  ),
});
export type WireEvent = ReturnType<typeof deploymentEvent>;

export const logLine = object({
  /** RFC 3339 with nanoseconds. Equal ones come, and some are out of order. */
  timestamp: text,
  message: text,
  severity: maybe(text),
  attributes: maybe(list(object({ key: text, value: text }))),
});
export type WireLogLine = ReturnType<typeof logLine>;
export const logLines = list(logLine);
