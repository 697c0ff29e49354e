import { allForm, commandExpect, handshake, machines } from './sources.ts';
import type { Schema } from './words.ts';
import { flag, lineOr, list, mapping, mappingOr, ref, said, text, whole } from './words.ts';

const one = { minProperties: 1, maxProperties: 1 };
const bodies = ['body', 'json', 'form', 'multipart', 'file'];
const scalar: Schema = { type: ['string', 'number', 'boolean'] };

const part = mappingOr(mapping({ file: text, filename: text, type: text }, ['file']), scalar);

const httpMapping = mapping(
  {
    method: said('Default GET.', { type: 'string', pattern: '^[A-Z]+$' }),
    url: said('Absolute, or relative to the target.', text),
    headers: ref('headers'),
    query: ref('text-lists'),
    body: text,
    json: said('Sent as JSON; its strings may hold variables.'),
    form: ref('text-lists'),
    multipart: said('Parts by name: text, or files.', {
      type: 'object',
      additionalProperties: { anyOf: [part, list(part)] },
    }),
    file: said('Sent as it is; relative to the check file.', text),
    auth: mapping({ basic: said('user:password, with a secret.', text), bearer: text }, [], one),
    follow: said('Follow redirects. Default false.', flag),
    'max-redirects': said('Default 10.', whole(0)),
    'allow-downgrade': said('Accept a redirect from https to http.', flag),
    'location-trusted': said(
      'Take body, headers and client certificate along when a redirect leads to another origin.',
      flag,
    ),
    'allow-insecure': said('Send secrets over plain http.', flag),
    'max-body': said('Default 10 MiB.', ref('size')),
    cookies: ref('text-map'),
    version: said('The HTTP version to speak.', { enum: ['1.1', '2', 1.1, 2] }),
    tls: said(
      'Whom to trust.',
      mapping({
        ca: said('A path, or PEM itself.', text),
        'server-name': text,
        'min-version': { enum: [1.2, 1.3, '1.2', '1.3'] },
        verify: said('Default true.', flag),
      }),
    ),
    'client-cert': said(
      'Our own certificate; each a path, or PEM itself.',
      mapping({ cert: text, key: text, passphrase: text }, ['cert', 'key']),
    ),
    proxy: said('Instead of that of the environment.', text),
    'redact-query': ref('redact-query'),
  },
  ['url'],
  {
    allOf: bodies.flatMap((first, index) =>
      bodies.slice(index + 1).map((second) => ({ not: { required: [first, second] } })),
    ),
  },
);

const send: Schema = { anyOf: [text, mapping({ base64: text, json: {} }, [], one)] };
const heard = mappingOr(ref('predicates'), text);
const opcode: Schema = { enum: ['text', 'binary'] };

const dialogue = (framed: Readonly<Record<string, Schema>> = {}): Readonly<Record<string, Schema>> => ({
  send,
  expect: heard,
  ...framed,
  steps: list(mapping({ send, expect: heard, ...framed }, [], { minProperties: 1 })),
});

const program: Schema = { anyOf: [text, list(scalar, { minItems: 1 })] };
const insecure = said('Send secrets unencrypted.', flag);
const versions = [1, 1.1, 1.2, 1.3, '1.0', '1.1', '1.2', '1.3'];
const codes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];
const records = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'];

/** What stands under the key of each type. */
export const typeSchemas: Readonly<Record<string, Schema>> = {
  http: said('GET /path, /path, or a mapping.', {
    if: { type: 'string' },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: { pattern: String.raw`^\s*([A-Z]+\s+)?\S+\s*$` },
    else: httpMapping,
  }),
  tls: said(
    'A handshake, judged: host, host:port, or a mapping that may hold the assertions itself.',
    lineOr(
      mapping(
        {
          ...handshake,
          host: text,
          port: said('Default 443.', ref('port')),
          'server-name': text,
          'min-version': said('Proves that older versions are refused.', { enum: versions }),
          alpn: { anyOf: [text, list(text)] },
        },
        [],
        { minProperties: 1 },
      ),
    ),
  ),
  tcp: said(
    'host:port, or a mapping with a dialogue.',
    lineOr(
      mapping({
        host: text,
        port: ref('port'),
        tls: flag,
        starttls: said('How it goes over to TLS.', {
          enum: ['smtp', 'imap', 'pop3', 'ftp', 'postgres', 'ldap'],
        }),
        'server-name': text,
        'allow-insecure': insecure,
        ...dialogue(),
      }),
    ),
  ),
  dns: said(
    'A name, or a mapping.',
    lineOr(
      mapping({
        name: said('Default: the host of the target.', text),
        type: said('Default A.', { enum: records }),
        server: text,
        rcode: said('Default NOERROR.', { enum: codes }),
      }),
    ),
  ),
  grpc: said(
    'Health of a gRPC server: host:port, or a mapping.',
    lineOr(
      mapping({
        host: text,
        port: ref('port'),
        tls: flag,
        'server-name': text,
        service: said('Default: the whole server.', { type: 'string' }),
        metadata: ref('headers'),
        'allow-insecure': insecure,
      }),
    ),
  ),
  websocket: said(
    'An address, or a mapping with a dialogue.',
    lineOr(
      mapping(
        {
          url: text,
          headers: ref('headers'),
          subprotocol: { anyOf: [text, list(text)] },
          ...dialogue({ opcode }),
          close: said('The code it must close with.', { type: 'integer', minimum: 1000, maximum: 4999 }),
          'allow-insecure': insecure,
        },
        ['url'],
      ),
    ),
  ),
  postgres: said(
    'A connection URL, best a secret, or a mapping.',
    lineOr(
      mapping(
        {
          url: text,
          query: said('It cannot change anything. Default SELECT 1.', text),
          rows: { anyOf: [whole(0), ref('predicates')] },
          'allow-insecure': insecure,
        },
        ['url'],
      ),
    ),
  ),
  redis: said(
    'A connection URL, best a secret, or a mapping.',
    lineOr(mapping({ url: text, 'allow-insecure': insecure }, ['url'])),
  ),
  assets: said(
    'A page, with everything it stands on.',
    lineOr(
      mapping(
        {
          url: text,
          css: said('Also what stylesheets load, and those they import. Default true.', flag),
          head: said('Ask by HEAD.', flag),
          origins: said('Other origins that count as own.', list(text)),
          limit: said('Of what is no script and no stylesheet. Default 200.', whole(1)),
          follow: flag,
          'max-body': ref('size'),
        },
        ['url'],
      ),
    ),
  ),
  exec: said(
    'A program without a shell: its words, or a mapping.',
    mappingOr(
      mapping(
        {
          run: program,
          env: {
            type: 'object',
            propertyNames: { pattern: String.raw`^[A-Za-z_]\w*$` },
            additionalProperties: scalar,
          },
          'working-directory': said('Relative to the check file.', text),
        },
        ['run'],
      ),
      program,
    ),
  ),
  'fly-machines': said(
    'Fly’s own health checks: true, or what must hold of them. With `exec` a command in one machine.',
    mappingOr(
      {
        if: { required: ['exec'] },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
        then: mapping(
          {
            exec: said('A program of the image, and its arguments; no shell.', program),
            group: said('The process group of the machine. Default: app, or the only one.', text),
            expect: commandExpect,
          },
          ['exec'],
        ),
        else: mapping({ ...machines, ...allForm }, [], { minProperties: 1 }),
      },
      { const: true },
    ),
  ),
  release: said(
    'The served build equals the commit.',
    mapping(
      {
        path: said('Default /.', text),
        jsonpath: said('Where the JSON answer says it.', text),
        header: text,
        meta: said('Name of a meta tag.', text),
        equals: said('Default: the commit of the run.', text),
        match: said('Default prefix.', { enum: ['exact', 'prefix'] }),
        instances: said('Ask each machine that the platform names.', flag),
      },
      [],
      { oneOf: ['jsonpath', 'header', 'meta'].map((place) => ({ required: [place] })) },
    ),
  ),
};

/** Types that prove nothing on their own. */
export const needExpect = ['http'];
