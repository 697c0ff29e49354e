import type { CertificateFacts } from './certificate.ts';
import type { TlsTerms } from './tls-terms.ts';

/** One request as it is sent, at each hop anew. */
export interface ExchangeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderList;
  readonly body: Buffer | undefined;
  readonly maxBodyBytes: number;
  /** HTTP/2 and nothing else; HTTP/1.1 when absent. */
  readonly version?: '2' | undefined;
  readonly tls?: TlsTerms | undefined;
  /** In place of the environment's. */
  readonly proxy?: URL | 'none' | undefined;
  /** Whether the server's certificate is described in the answer. */
  readonly wantsCertificate?: boolean;
  /** Is told the address that was connected to, where that is known, before anything is sent there; it may throw. */
  readonly onAddress?: ((ip: string) => void) | undefined;
  /** Headers that hold a secret or a variable: for the first origin only, whatever they are called. */
  readonly secretHeaders?: readonly string[];
  /** Query parameters whose values are not shown. */
  readonly redactQuery?: readonly string[];
}

/** Names in lower case; a repeated header has several values. */
export type HeaderList = Readonly<Record<string, string | readonly string[]>>;

/** What came back, its head and its body. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  /** As sent, before decoding. */
  readonly bytes: Buffer;
  /** `1.0`, `1.1`, `2`. */
  readonly httpVersion: string;
  /** The address that answered; undefined when a proxy knows it and we do not. */
  readonly ip: string | undefined;
  readonly certificate: CertificateFacts | undefined;
  /** What was read with indulgence, a clause each. */
  readonly oddities: readonly string[];
}

/** What one message says, whatever carried it. */
export type MessageHead = Pick<Answer, 'status' | 'headers' | 'bytes' | 'httpVersion'> &
  Partial<Pick<Answer, 'oddities'>>;

/**
 * Names and values in turn, as a message had them. Every value of a repeated header is kept: Node's own `headers` drops
 * some and joins others.
 */
export function headersFrom(raw: readonly string[]): HeaderList {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    // What HTTP/1 says in its first line is a header of HTTP/2.
    if (name.startsWith(':')) continue;
    const value = raw[index + 1] ?? '';
    const known = headers[name];
    if (known === undefined) headers[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else headers[name] = [known, value];
  }
  return headers;
}

/** Every value of a header, in order. */
export function valuesOf(headers: HeaderList, name: string): readonly string[] {
  const value = headers[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** The first value of a header. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
