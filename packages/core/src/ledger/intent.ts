import { isCommit } from '../text/commit.ts';
import {
  count,
  DecodeError,
  type Decoder,
  decoded,
  flag,
  nullable,
  object,
  oneOf,
  type Shape,
  text,
} from '../text/decode.ts';
import { defined } from '../text/defined.ts';
import { isMap } from './canonical.ts';
import { differingParts, readFingerprint } from './fingerprint.ts';
import type { Intent } from './record.ts';

/**
 * Reads a deployment's payload. GitHub gives it back as an object (REST), as JSON text, or as JSON text encoded
 * twice (GraphQL). A payload that is not wholly ours is undefined; a commit that is none is null.
 */
export function readIntent(payload: unknown): Intent | undefined {
  const fields = payloadFields(payload);
  const intent = decoded(whole, fields);
  if (intent === undefined) return undefined;
  const fleet = readFleet(fields.fleet);
  // One that cannot be read says nothing of the release, and makes no record foreign.
  const fingerprint = readFingerprint(fields.fingerprint);
  return {
    ...intent,
    commit: isCommit(intent.commit) ? intent.commit : null,
    ...defined({ fleet, fingerprint }),
    ...readTicket(fields),
  };
}

/** A payload's fields as they were written, ours or not; none where it holds no object. */
export function payloadFields(payload: unknown): Readonly<Record<string, unknown>> {
  const value = unwrapped(payload);
  return isMap(value) ? value : {};
}

/** A day is longer than any rollout, milliseconds: no ticket holds others up for longer. */
export const budgetAtMost = 24 * 60 * 60 * 1000;

/** A rollout that does not say how long it may take is given this long, milliseconds. */
const budgetWithout = 30 * 60 * 1000;

/** How long a rollout may take once it has its turn, milliseconds. */
export function budgetOf({ budgetMs = budgetWithout }: Intent): number {
  return budgetMs;
}

/** What makes a record a ticket, and is told of it. What cannot be read is left out, and makes no record foreign. */
function readTicket({
  budgetMs,
  change,
  nonce,
  signature,
  after,
  rebuild,
}: Readonly<Record<string, unknown>>): Partial<Intent> {
  return {
    ...(Number.isInteger(budgetMs) &&
      Number(budgetMs) >= 0 && { budgetMs: Math.min(Number(budgetMs), budgetAtMost) }),
    ...(typeof change === 'string' && { change }),
    ...(typeof nonce === 'string' && { nonce }),
    ...(typeof signature === 'string' && { signature }),
    ...(typeof after === 'string' && { after }),
    ...(rebuild === true && { rebuild: true as const }),
  };
}

/** Parts beyond these are no fleet of ours. */
const partsAtMost = 200;

/** What ran, or undefined: a count that cannot be read says nothing, and makes no record foreign. */
function readFleet(value: unknown): Intent['fleet'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const parts = Object.entries(value);
  const isCount = (count: unknown) =>
    Number.isInteger(count) && Number(count) >= 0 && Number(count) <= 10_000;
  if (parts.length > partsAtMost || !parts.every(([, count]) => isCount(count))) return undefined;
  return Object.fromEntries(parts);
}

/** Whether two intents are of the same step of the same run: then they are the same record. */
export function sameIntent(left: Intent, right: Intent): boolean {
  const names = [...Object.keys(shape), 'nonce'] as (keyof typeof shape | 'nonce')[];
  const isSame = names.every((name) => left[name] === right[name]);
  return isSame && isSameFingerprint(left.fingerprint, right.fingerprint);
}

function isSameFingerprint(left: Intent['fingerprint'], right: Intent['fingerprint']): boolean {
  if (left === undefined || right === undefined) return left === right;
  return differingParts(left, right).length === 0;
}

type Optional = 'rebuild' | 'fleet' | 'fingerprint' | 'budgetMs' | 'change' | 'nonce' | 'signature' | 'after';

/** Which platforms there are is the registry's to say, and a record may be of one that is gone. */
const platformName: Decoder<string> = (value, path) => {
  const name = text(value, path);
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw new DecodeError(path, 'the name of a platform', value);
  return name;
};

const shape: Shape<Omit<Intent, Optional>> = {
  schema: oneOf(1),
  platform: platformName,
  target: text,
  service: text,
  environment: text,
  commit: nullable(text),
  previous: nullable(text),
  restores: nullable(text),
  replaces: nullable(text),
  barrier: flag,
  actor: text,
  trigger: text,
  reason: text,
  run: text,
  attempt: count,
};

const whole = object(shape);

function unwrapped(payload: unknown): unknown {
  let value = payload;
  for (let layer = 0; layer < 2 && typeof value === 'string'; layer += 1) {
    try {
      value = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  return value;
}
