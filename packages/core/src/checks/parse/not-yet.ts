/** Words of the check language that this version does not speak: refused by name, never as unknown. */
export const notYet = {
  file: ['scenarios', 'watch', 'baseline', 'fail-fast', 'redact-query'],
  check: ['tls', 'tcp', 'dns', 'grpc', 'websocket', 'if', 'resolve', 'ip', 'capture', 'samples', 'warmup'],
  http: ['multipart', 'file', 'cookies', 'version', 'tls', 'client-cert', 'proxy'],
  release: [],
  expect: [
    'http-version',
    'url',
    'redirects',
    'cookie',
    'bytes',
    'json',
    'schema',
    'sha256',
    'dns',
    'connect',
    'tls',
    'first-byte',
    'download',
    'total',
    'ip',
    'certificate',
    'capture',
    'all',
  ],
  predicate: ['semver'],
} as const satisfies Record<string, readonly string[]>;

export type Vocabulary = keyof typeof notYet;
