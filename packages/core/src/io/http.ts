/** The port to the network: its types. The implementation is in `http/`. */

/** How a request may be repeated. `read` has no effect; `idempotent` may be sent twice safely; `once` never is. */
export type RetryClass = 'read' | 'idempotent' | 'once';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Uint8Array | object;
  readonly retry: RetryClass;
  /** One attempt, from connect to last byte. Milliseconds, default 15,000. */
  readonly timeoutMs?: number;
  /** All attempts and pauses. Milliseconds, default 60,000. */
  readonly deadlineMs?: number;
  /** Largest body read, bytes; default 32 MiB. */
  readonly maxBodyBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly method: string;
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly url: string;
  readonly attempts: number;
}

/** Why no usable answer came. `effect` says whether the server may have acted. */
export type HttpErrorKind = 'connect' | 'reset' | 'timeout' | 'status' | 'body' | 'proxy' | 'tls';

/** `request` answers any status below 500 except 408 and 429; the rest, after retries, is an HttpError. */
export interface Http {
  request(request: HttpRequest): Promise<HttpAnswer>;
  /**
   * Streams a body to a file while hashing it; follows up to five redirects, https only (http is for loopback).
   * Nothing is unpacked here. A status outside 200-299 is answered with an empty `sha256` and leaves no file.
   */
  download(
    request: HttpDownload,
  ): Promise<{ readonly sha256: string; readonly bytes: number; readonly status: number }>;
  /**
   * POSTs a body that is made while it is sent, once: nothing is repeated, since the body is gone when it was read.
   * Statuses are answers and errors as of `request`. An answer that comes before the body is sent is heard at once, and
   * one that takes nothing (300 and above) ends the sending. What the body itself throws is thrown as it is, and the
   * request is cut: no server gets its end.
   */
  upload(upload: HttpUpload): Promise<HttpAnswer>;
}

export interface HttpUpload {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Asked for its next bytes when the connection has taken those before, which are not looked at again. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The length of the body in bytes, where it is known: sent as `content-length`. Without it the body goes in chunks. */
  readonly bytes?: number;
  /** Called with the bytes that the connection has taken so far: at most 64 KiB apart, and in the end with all. */
  readonly onProgress?: (sentBytes: number) => void;
  /** From connect to the last byte of the answer. Milliseconds, default 1,800,000. */
  readonly timeoutMs?: number;
  /** The longest silence, the wait for the answer included. Milliseconds, default 120,000. */
  readonly idleMs?: number;
  /** Largest body read of the answer, bytes; default 32 MiB. */
  readonly maxBodyBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpDownload {
  readonly url: string;
  readonly file: string;
  /** All attempts and pauses. Milliseconds, default 300,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

export class HttpError extends Error {
  readonly kind: HttpErrorKind;
  readonly method: string;
  readonly url: string;
  readonly status: number | undefined;
  /** True when the request may have taken effect: it was sent, and no answer proves it was refused. */
  readonly maybeEffective: boolean;
  readonly bodyExcerpt: string;
  readonly attempts: number;
  /** The pause its last answer asked for, milliseconds: it was longer than there was time for. */
  readonly retryAfterMs?: number;

  constructor(
    fields: {
      kind: HttpErrorKind;
      method: string;
      url: string;
      status?: number;
      reason: string;
      maybeEffective: boolean;
      bodyExcerpt?: string;
      attempts: number;
      retryAfterMs?: number;
    },
    options?: { cause?: unknown },
  ) {
    super(`${fields.method} ${fields.url} → ${fields.status ?? fields.kind} ${fields.reason}`, options);
    this.name = 'HttpError';
    this.kind = fields.kind;
    this.method = fields.method;
    this.url = fields.url;
    this.status = fields.status;
    this.maybeEffective = fields.maybeEffective;
    this.bodyExcerpt = fields.bodyExcerpt ?? '';
    this.attempts = fields.attempts;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
  }
}
