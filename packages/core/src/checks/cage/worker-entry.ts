import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namedVariables, type Variables } from '../../io/process/environment.ts';
import { ActionFailure } from '../../outcome/failure.ts';

/**
 * What runs as the worker: the source where that runs, else the bundle beside that of the action. Failure:
 * `checks-error` where only one folder of `dist` was copied.
 */
export function workerEntry(): string {
  const source = join(import.meta.dirname, 'worker.ts');
  if (existsSync(source)) return source;
  const bundle = join(import.meta.dirname, '..', 'checks', 'index.js');
  if (existsSync(bundle)) return bundle;
  throw new ActionFailure({
    code: 'checks-error',
    what: `The program that runs the checks is not at ${bundle}`,
    why: 'every action that runs checks starts the one in `dist/checks`',
    next: 'Use the action from its repository, or copy the whole of `dist`.',
  });
}

/** Options of Node that say whom TLS trusts and how names are resolved; others are for the program they were given to. */
const keptOptions =
  /^--(?:use-(?:openssl|system|bundled)-ca|dns-result-order=\w+|tls-(?:min|max)-v1\.\d|tls-cipher-list=\S+)$/;

/** Those of them that the run was started with. */
export function workerOptions(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const given = [...process.execArgv, ...(env.NODE_OPTIONS ?? '').split(/\s+/)];
  return [...new Set(given.filter((option) => keptOptions.test(option)))];
}

/** glibc: what held an answer goes back to the system at once, and threads that only help keep no memory of their own. */
const allocation = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_ARENA_MAX: '1' };

/**
 * What the worker cannot do without, none of it a secret: whom TLS trusts, what Windows needs to open a socket,
 * what some builds of Node need to start, and
 * what the runner finds left-over processes by. Proxies, which may hold a password, come with the values of a run.
 */
const kept: readonly string[] = [
  ...['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['TZ', 'SYSTEMROOT', 'LD_LIBRARY_PATH', 'RUNNER_TRACKING_ID'],
];

export function workerEnvironment(env: Variables): Record<string, string> {
  return { ...namedVariables(env, kept), ...allocation };
}
