import type { Schema } from './words.ts';
import { each, list, mapping, ref, said } from './words.ts';

export const measures = ['p50', 'p90', 'p95', 'p99', 'max', 'mean'];

const any = ref('any-conditions');
const text = ref('text-conditions');
const duration = ref('duration-conditions');
const keyed: Schema = { type: 'object', minProperties: 1, additionalProperties: any };

export const allForm: Readonly<Record<string, Schema>> = {
  all: said(
    'A source, its filters, its predicates: [{ header: x-servers, split: ",", count: 2 }].',
    list({ type: 'object', minProperties: 1 }),
  ),
};

/** What a handshake can be asked for. */
export const handshake: Readonly<Record<string, Schema>> = {
  'days-left': said(
    'Whole days until the first certificate of the verified chain expires.',
    ref('number-conditions'),
  ),
  'leaf-days-left': ref('number-conditions'),
  'key-bits': ref('number-conditions'),
  ...each(['trusted', 'host-matches', 'self-signed', 'ocsp-stapled'], ref('flag-conditions')),
  ...each(['subject', 'issuer', 'serial', 'fingerprint', 'valid-from', 'valid-to'], text),
  ...each(['key', 'signature', 'cipher', 'alpn', 'ocsp-status'], text),
  ...each(['san', 'version'], any),
};

/** How a program ended. */
const ended: Readonly<Record<string, Schema>> = { 'exit-code': any, stdout: text, stderr: text };

export const machines = each(['machines', 'failing', 'passing', 'stopped'], any);

const http: Readonly<Record<string, Schema>> = {
  status: said('200, 200-299, or predicates.', ref('status-conditions')),
  'http-version': any,
  url: said('The last one, after redirects.', text),
  redirects: said('A list of { status, location }.', any),
  header: said('By name: { content-type: { contains: text/html } }.', keyed),
  cookie: said('By name; name[Secure] for an attribute.', keyed),
  body: text,
  bytes: {},
  jsonpath: said('By query (RFC 9535): { $.status: ok }.', keyed),
  json: said('The whole document.', any),
  schema: said('A JSON Schema (2020-12 or draft-07), or the path of one.', {
    type: ['object', 'boolean', 'string'],
  }),
  sha256: text,
  md5: text,
  ip: text,
  certificate: said('By fact: { days-left: { gte: 14 } }.', keyed),
  ...each(['dns', 'connect', 'tls', 'first-byte', 'download', 'total'], duration),
};

const sources: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  http,
  tls: handshake,
  tcp: { received: text, ...handshake },
  dns: each(['rcode', 'answers', 'ttl'], any),
  grpc: { health: text, 'grpc-status': ref('number-conditions'), 'grpc-message': text, header: keyed },
  websocket: {
    status: ref('status-conditions'),
    header: keyed,
    jsonpath: keyed,
    subprotocol: text,
    message: said('The last one.', text),
    messages: any,
    opcode: text,
    'close-code': ref('number-conditions'),
  },
  postgres: { rows: any, value: any },
  redis: { reply: text },
  assets: each(['count', 'scripts', 'styles', 'images', 'size', 'largest', 'cache-control'], any),
  exec: ended,
  'fly-machines': machines,
  'fly-machines-exec': ended,
  release: {},
};

/** `expect` of a command in a machine, within its mapping. */
export const commandExpect = mapping({ ...ended, duration, ...allForm }, [], { minProperties: 1 });

/** `expect` of each type. */
export const expectSchemas: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(sources).map(([type, own]) => [
    `${type}-expect`,
    mapping(
      {
        ...own,
        ...(type === 'fly-machines' || type === 'release'
          ? {}
          : { duration: said('How long the attempt took.', duration) }),
        ...each(measures, said('Of the samples; needs `samples`.', duration)),
        capture: said('A value that an earlier step captured.', keyed),
        ...allForm,
      },
      [],
      { minProperties: 1 },
    ),
  ]),
);
