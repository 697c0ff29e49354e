import { platformCheckTypes } from '../../platforms/registry/check-types.ts';
import type { CheckType } from './check-type.ts';
import { httpCheck } from './http.ts';
import { LateType } from './late-type.ts';

const late: readonly LateType[] = [
  new LateType('tls', async () => (await import('./tls.ts')).tlsCheck),
  new LateType('tcp', async () => (await import('./tcp.ts')).tcpCheck),
  new LateType('websocket', async () => (await import('./websocket.ts')).websocketCheck),
  new LateType('grpc', async () => (await import('./grpc.ts')).grpcCheck),
  new LateType('assets', async () => (await import('./assets.ts')).assetsCheck),
  new LateType('postgres', async () => (await import('./postgres.ts')).postgresCheck),
  new LateType('redis', async () => (await import('./redis.ts')).redisCheck),
  new LateType('exec', async () => (await import('./exec.ts')).execCheck),
  ...Object.entries(platformCheckTypes).map(([name, load]) => new LateType(name, load)),
  new LateType('dns', async () => (await import('./dns.ts')).dnsCheck),
];

/** Also stands at the top of a file. */
export const releaseCheck = new LateType('release', async () => (await import('./release.ts')).releaseCheck);

/**
 * Every type a check may have, by the key that names it. A new type is a new file and a line here. All but the one that
 * nearly every file has are loaded once they are used: a start reads a quarter less.
 */
export const checkTypes: readonly CheckType[] = [httpCheck, ...late, releaseCheck];

/** Loads the types that a check file uses: those that are a key in it where a check may stand. */
export async function loadTypesIn(content: unknown): Promise<void> {
  const keys = keysIn(content);
  await loadTypes((name) => keys.has(name));
}

export async function loadTypes(isWanted: (name: string) => boolean = () => true): Promise<void> {
  await Promise.all([...late, releaseCheck].flatMap((type) => (isWanted(type.name) ? [type.load()] : [])));
}

/** A file has `scenarios`, one of them `steps`, and one of those the key of its type. */
const deepest = 5;

/** By an alias the same value may stand in many places; it is looked at once for each depth at most. */
function keysIn(content: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  let level: ReadonlySet<unknown> = new Set([content]);
  for (let depth = 0; depth < deepest && level.size > 0; depth++) {
    const next = new Set<unknown>();
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (!Array.isArray(value)) for (const key of Object.keys(value)) keys.add(key);
      for (const part of Object.values(value)) if (typeof part === 'object') next.add(part);
    }
    level = next;
  }
  return keys;
}
