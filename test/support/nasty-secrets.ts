import fc from 'fast-check';
import { unfitSecret } from '../../packages/core/src/platforms/fly/secrets/secret-lines.ts';

const piece = fc.constantFrom(
  '"',
  "'",
  '"""',
  '#',
  ' ',
  '=',
  '\n',
  '\\',
  '$',
  '`',
  '\t',
  'a',
  'é',
  '{',
  '}',
  '🔑',
  '\r',
);

/** Values made of what a parser of `NAME=VALUE` lines may stumble over. */
export const nastySecret = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** Only those that flyctl can be given. */
export const fitSecret = nastySecret.filter((value) => unfitSecret(value) === undefined);

/** What secrets look like. */
export const usualSecrets = {
  URL: 'postgres://shop:p#ss"word@db.internal:5432/shop?sslmode=require#pool',
  BLANKS: '  two before, two after  ',
  QUOTED: '"quoted"',
  SINGLE: "'quoted'",
  TRIPLE: '"""',
  ONE_QUOTE: '"',
  EMPTY: '',
  COMMENT: '# not a comment',
  EQUALS: 'a=b=c',
  JSON_LINE: '{"type":"service_account","id":"a#b","note":"it\'s \\"quoted\\""}',
  JSON_LINES: '{\n  "type": "service_account",\n  "color": "#fff"\n}\n',
  PEM: '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ==\n-----END PRIVATE KEY-----\n',
  ESCAPES: 'a\\nb\\"c$HOME`id`',
  UNICODE: 'schlüssel 🔑',
} as const;
