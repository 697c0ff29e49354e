import { basename } from 'node:path';
import { lateCrypto } from '../../io/late-builtins.ts';
import type { Cursor } from '../parse/cursor.ts';
import { isMapping, shown } from '../parse/cursor.ts';
import type { Fields } from '../parse/fields.ts';
import { fields } from '../parse/fields.ts';
import { isScalar, scalarText, text } from '../parse/scalars.ts';
import { fileName } from '../parse/trust.ts';
import type { Scope } from './check-type.ts';
import type { TextPairs } from './text-map.ts';
import { textPairs } from './text-map.ts';

/** The body of a request, as written. */
export type Payload =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: TextPairs }
  | { readonly kind: 'multipart'; readonly parts: readonly Part[] }
  | { readonly kind: 'file'; readonly path: string };

/** One part of a multipart body: a value, or a file that is sent under a name. */
type Part =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly file: string;
      readonly filename: string | undefined;
      readonly type: string | undefined;
    };

export const payloadKeys = ['body', 'json', 'form', 'multipart', 'file'];

/** Reads the one body a request may have. */
export function readPayload(given: Fields): Payload | undefined {
  const present = payloadKeys.filter((key) => given.has(key));
  if (present.length > 1) {
    given.cursor.fail(`\`http\` takes one of ${payloadKeys.map((key) => `\`${key}\``).join(', ')}.`);
  }
  const [key] = present;
  return key === undefined ? undefined : given.read(key, (at) => readers[key]?.(at));
}

const readers: Readonly<Record<string, (at: Cursor) => Payload | undefined>> = {
  json: (at) => ({ kind: 'json', value: at.value }),
  body(at) {
    const body = text(at);
    return body === undefined ? undefined : { kind: 'body', text: body };
  },
  form(at) {
    const form = textPairs(at);
    return form && { kind: 'form', fields: form };
  },
  multipart: readMultipart,
  file(at) {
    const path = fileName(at);
    return path === undefined ? undefined : { kind: 'file', path };
  },
};

function readMultipart(at: Cursor): Payload | undefined {
  if (!isMapping(at.value)) return at.fail(`\`multipart\` must be a mapping, not ${shown(at.value)}.`);
  const parts = Object.entries(at.value).flatMap(([name, value]) => {
    const one = at.child(name, value);
    if (!Array.isArray(value)) return readPart(one, name);
    return value.flatMap((item, index) => readPart(one.child(index, item), name));
  });
  return { kind: 'multipart', parts };
}

function readPart(at: Cursor, name: string): Part[] {
  if (isScalar(at.value)) return [{ name, value: scalarText(at.value) }];
  const given = fields(at, { what: `the part \`${name}\``, keys: ['file', 'filename', 'type'] });
  if (given === undefined) return [];
  const file = given.read('file', fileName);
  if (!given.has('file')) at.fail(`The part \`${name}\` is text, or a mapping with \`file\`.`);
  if (file === undefined) return [];
  return [{ name, file, filename: given.read('filename', text), type: given.read('type', text) }];
}

/** A body ready to be sent, with the content type it has unless the headers say otherwise. */
export interface Sendable {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Fills in the templates and reads the files, once for all attempts. Throws BindProblem for a file that is not there. */
export function sendable(payload: Payload, scope: Scope): Sendable {
  switch (payload.kind) {
    case 'json':
      return { type: 'application/json', bytes: Buffer.from(JSON.stringify(scope.fillDeep(payload.value))) };
    case 'form': {
      const filled = new URLSearchParams();
      for (const [name, value] of payload.fields) filled.append(name, scope.fill(value));
      return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(filled.toString()) };
    }
    case 'body':
      return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(scope.fill(payload.text)) };
    case 'file':
      return { type: 'application/octet-stream', bytes: scope.readFile(scope.fill(payload.path)) };
    case 'multipart':
      return multipart(payload.parts, scope);
  }
}

function multipart(parts: readonly Part[], scope: Scope): Sendable {
  const boundary = `belay-${lateCrypto().randomUUID()}`;
  const chunks = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${partHeaders(part, scope)}\r\n\r\n`),
    'file' in part ? scope.readFile(scope.fill(part.file)) : Buffer.from(scope.fill(part.value)),
    Buffer.from('\r\n'),
  ]);
  const bytes = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}

function partHeaders(part: Part, scope: Scope): string {
  const disposition = `content-disposition: form-data; name=${quotedParameter(part.name)}`;
  if (!('file' in part)) return disposition;
  const filename = scope.fill(part.filename ?? basename(part.file));
  const type = scope.fill(part.type ?? 'application/octet-stream').replace(/[\r\n]/g, '');
  return `${disposition}; filename=${quotedParameter(filename)}\r\ncontent-type: ${type}`;
}

/** As browsers escape what would end the parameter. */
function quotedParameter(value: string): string {
  return `"${value.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')}"`;
}
