import { globSync } from 'node:fs';
import { type Found, findProgram } from '../find-program.ts';

/** The real Postgres, beside its own tools: BELAY_POSTGRES, else Debian's folder or PATH. */
export function findPostgres(): Found {
  const folders = globSync('/usr/lib/postgresql/*/bin').sort().reverse();
  return findProgram('postgres', 'BELAY_POSTGRES', folders);
}

/** The real Redis: BELAY_REDIS, else the one on PATH. */
export function findRedis(): Found {
  return findProgram('redis-server', 'BELAY_REDIS');
}
