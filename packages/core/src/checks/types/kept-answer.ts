import { releaseCaches } from '../../platforms/release-caches.ts';
import type { HeaderList } from '../exchange/message.ts';
import { headerOf, valuesOf } from '../exchange/message.ts';

/** An answer that a cache gave. */
export interface CachedAnswer {
  /** How it says so: `age: 3600, x-cache: HIT`. As sent. */
  readonly said: string;
  /** How long it has had it, milliseconds; undefined where it does not tell. */
  readonly ageMs: number | undefined;
}

/**
 * Whether a cache gave an answer that it may have from a release before: by its own headers (RFC 9111, RFC 9211, and
 * what the large ones send). A platform's own cache that each release has anew is none of these, and explains its `age`.
 */
export function keptAnswer(headers: HeaderList): CachedAnswer | undefined {
  const age = ageOf(headers);
  const isOfRelease = releaseCaches.some((name) => headerOf(headers, name) !== undefined);
  const hits = signals.filter(({ name, isHit }) => valuesOf(headers, name).some(isHit));
  if (hits.length === 0 && (isOfRelease || age === undefined || age === 0)) return undefined;
  const told = [...(age === undefined ? [] : ['age']), ...hits.map(({ name }) => name)];
  return {
    said: told.map((name) => `${name}: ${valuesOf(headers, name).join(', ')}`).join(', '),
    ageMs: age === undefined ? undefined : age * 1000,
  };
}

/** Whole seconds since the origin made or confirmed it. */
function ageOf(headers: HeaderList): number | undefined {
  const value = headerOf(headers, 'age')?.trim() ?? '';
  return /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

interface Signal {
  readonly name: string;
  readonly isHit: (value: string) => boolean;
}

/** What was confirmed by the origin just now (REVALIDATED, a refreshed hit) is an answer of the origin. */
const signals: readonly Signal[] = [
  { name: 'cache-status', isHit: (value) => membersOf(value).some(isStatusHit) },
  { name: 'cf-cache-status', isHit: (value) => /^(hit|stale|updating)$/i.test(value.trim()) },
  { name: 'x-cache', isHit: (value) => membersOf(value).some(isCacheHit) },
];

/** The members of a list; a comma within quotes ends none. */
function membersOf(value: string): readonly string[] {
  return value.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
}

/** RFC 9211: the parameter `hit`, true unless it says otherwise. */
function isStatusHit(member: string): boolean {
  const [, ...parameters] = member.replace(/"(?:[^"\\]|\\.)*"/g, '""').split(';');
  return parameters.some((one) => /^\s*hit\s*(=\s*\?1\s*)?$/.test(one));
}

/** `HIT`, `Hit from cloudfront`, `TCP_MEM_HIT from a…`, `STALE`; not `RefreshHit from cloudfront`, `TCP_REFRESH_HIT`. */
function isCacheHit(member: string): boolean {
  const [word = ''] = member.trim().split(/\s/, 1);
  return /^(?:tcp_(?!refresh)(?:\w+_)?)?(?:hit|stale|updating)$/i.test(word);
}
