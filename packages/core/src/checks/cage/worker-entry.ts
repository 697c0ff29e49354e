import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What runs as the worker: the bundle beside that of the action, or the source where that runs. */
export function workerEntry(): string {
  const [, started = ''] = process.argv;
  const bundle = join(dirname(real(started)), '..', 'checks', 'index.js');
  return existsSync(bundle) ? bundle : join(import.meta.dirname, 'worker.ts');
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** glibc: what held an answer goes back to the system at once, and not when more than that is wanted. */
const allocation = { MALLOC_MMAP_THRESHOLD_: '65536' };

/**
 * What the worker cannot do without, none of it a secret: whom TLS trusts, what Windows needs to open a socket, and
 * what the runner finds left-over processes by. Proxies, which may hold a password, come with the values of a run.
 */
const kept: readonly string[] = [
  ...['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['TZ', 'SYSTEMROOT', 'RUNNER_TRACKING_ID'],
];

export function workerEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.fromEntries(
    kept.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { ...given, ...allocation };
}
