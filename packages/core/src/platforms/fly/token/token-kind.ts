import { defined } from '../../../text/defined.ts';
import { type Packed, type PackedMap, unpack } from './message-pack.ts';

/** What a Fly token says of itself. What it does not say, or nobody here understands, is absent. */
export interface FlyTokenKind {
  /** `app`: bound to apps by name. `reads`: changes nothing. `account`: whatever its owner may. */
  readonly reach?: 'app' | 'reads' | 'organization' | 'account';
  /** From its first day to its last, milliseconds. */
  readonly lifeMs?: number;
}

/**
 * The kind of a token, read from the caveats of its macaroons without asking anybody. A caveat only narrows, so a kind is
 * told where all of them are known, and never guessed; no signature is checked. Never throws, and keeps no part of the
 * token. Formats: https://github.com/superfly/macaroon, `caveat.go`, `format.go`, `flyio/caveats.go`.
 */
export function flyTokenKind(raw: string): FlyTokenKind {
  const parts = raw
    .trim()
    .replace(/^((FlyV1|Bearer)\s+)+/i, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  // What a person gets by logging in; beside macaroons too, as `fly auth token` prints them.
  if (parts.some((part) => part.startsWith('fo1_'))) return { reach: 'account' };
  const read = parts.map(macaroonOf);
  const grants = read.filter((macaroon) => macaroon?.location === permissions);
  if (read.includes(undefined) || grants.length === 0) return {};
  const caveats = grants.flatMap((grant) => (grant === undefined ? [] : [grant.caveats]));
  const reach = widest(caveats.map(reachOf));
  const lives = caveats.map(lifeOf);
  const lifeMs = lives.every((life) => life !== undefined) ? Math.max(...lives) : undefined;
  return defined({ reach, lifeMs });
}

/** Of the macaroon that grants; those beside it prove things to it, and flyctl renews them. */
const permissions = 'https://api.fly.io/v1';

interface Macaroon {
  readonly location: string;
  readonly caveats: readonly Caveat[];
}

interface Caveat {
  readonly type: number;
  readonly body: Packed;
}

function macaroonOf(part: string): Macaroon | undefined {
  const base64 = /^(?:fm2|fm1r|fm1a)_([A-Za-z0-9+/]+={0,2})$/.exec(part)?.[1];
  const fields = base64 === undefined ? undefined : unpack(Buffer.from(base64, 'base64'));
  if (!isList(fields) || fields.length !== 4) return undefined;
  const [, location, listed] = fields;
  const caveats = caveatsOf(listed);
  return typeof location === 'string' && caveats !== undefined ? { location, caveats } : undefined;
}

/** Types and bodies, in turn. */
function caveatsOf(listed: Packed | undefined): readonly Caveat[] | undefined {
  if (!isList(listed) || listed.length % 2 !== 0) return undefined;
  const caveats: Caveat[] = [];
  for (let at = 0; at < listed.length; at += 2) {
    const [type, body = null] = listed.slice(at, at + 2);
    if (typeof type !== 'number') return undefined;
    caveats.push({ type, body });
  }
  return caveats;
}

const types = { organization: 0, apps: 3, validity: 4, ifPresent: 13, action: 26 };
/** Who may use it, and how it is proved: 3P, a binding to its parent, and whose it is. None narrows what it may do. */
const narrowNothing: readonly number[] = [types.validity, 8, 9, 10, 11, 12, 19, 20, 21, 22];
const write = 2;

type Reach = NonNullable<FlyTokenKind['reach']> | { readonly organization: number };

function reachOf(caveats: readonly Caveat[]): Reach | undefined {
  const telling = caveats.filter(({ type }) => !narrowNothing.includes(type));
  if (telling.some(readsOnly)) return 'reads';
  if (telling.some(bindsToApps)) return 'app';
  const organizations = new Set(telling.map(organizationOf));
  const [id] = organizations;
  return organizations.size === 1 && id !== undefined ? { organization: id } : undefined;
}

/** The most any of them may do; several organizations are an account. */
function widest(reaches: readonly (Reach | undefined)[]): FlyTokenKind['reach'] {
  const organizations = reaches.flatMap((reach) => (typeof reach === 'object' ? [reach.organization] : []));
  if (new Set(organizations).size > 1) return 'account';
  if (organizations.length === 1) return 'organization';
  if (reaches.includes(undefined)) return undefined;
  return reaches.includes('app') ? 'app' : 'reads';
}

/** `0` is no organization of its own but any. */
function organizationOf({ type, body }: Caveat): number | undefined {
  const id = isList(body) ? body[0] : undefined;
  return type === types.organization && typeof id === 'number' && id > 0 ? id : undefined;
}

function readsOnly({ type, body }: Caveat): boolean {
  if (type === types.action) return isWithoutWriting(body);
  return type === types.organization && isList(body) && isWithoutWriting(body[1]);
}

function isWithoutWriting(mask: Packed | undefined): boolean {
  return typeof mask === 'number' && (mask & write) === 0;
}

/** Apps by id, alone or among what a deploy token may do with its organization besides. */
function bindsToApps({ type, body }: Caveat): boolean {
  if (!isList(body)) return false;
  if (type === types.ifPresent) return caveatsOf(body[0])?.some(bindsToApps) === true;
  const ids = type === types.apps && isMap(body[0]) ? body[0].pairs.map(([id]) => id) : [];
  return ids.length > 0 && ids.every((id) => typeof id === 'number' && id > 0);
}

/** Undefined where it does not say both ends. */
function lifeOf(caveats: readonly Caveat[]): number | undefined {
  const windows = caveats.filter(({ type }) => type === types.validity).map(({ body }) => body);
  const ends = windows.map((window) => (isList(window) ? window : []));
  const from = Math.max(
    ...ends.map(([first]) => (typeof first === 'number' && first > 0 ? first : Number.NaN)),
  );
  const until = Math.min(...ends.map(([, last]) => (typeof last === 'number' ? last : Number.NaN)));
  return Number.isFinite(until - from) && until > from ? (until - from) * 1000 : undefined;
}

function isList(value: Packed | undefined): value is readonly Packed[] {
  return Array.isArray(value);
}

function isMap(value: Packed | undefined): value is PackedMap {
  return typeof value === 'object' && value !== null && 'pairs' in value;
}
