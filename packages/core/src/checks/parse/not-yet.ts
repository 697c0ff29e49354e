/** Words of the check language that this version does not speak: refused by name, never as unknown. */
export const notYet = {
  file: ['baseline', 'redact-query'],
  check: [
    'tcp',
    'dns',
    'grpc',
    'websocket',
    'postgres',
    'redis',
    'assets',
    'exec',
    'fly-machines',
    'resolve',
    'ip',
    'samples',
    'warmup',
  ],
  http: ['multipart', 'file', 'cookies', 'version', 'tls', 'client-cert', 'proxy'],
  release: ['meta', 'instances'],
  expect: [
    'http-version',
    'url',
    'redirects',
    'cookie',
    'bytes',
    'sha256',
    'dns',
    'connect',
    'tls',
    'first-byte',
    'download',
    'total',
    'ip',
    'certificate',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Vocabulary = keyof typeof notYet;
