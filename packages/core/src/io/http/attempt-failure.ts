import type { HttpErrorKind } from '../http.ts';

/** What one attempt came to, when it came to no usable answer. Never leaves this folder: callers see HttpError. */
export class AttemptFailure extends Error {
  readonly kind: HttpErrorKind;
  readonly reason: string;
  /** False when the server provably did nothing: the request never left, or was refused. */
  readonly mayHaveActed: boolean;
  /** True when the same request would fail the same way again. */
  readonly permanent: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly bodyExcerpt: string;

  constructor(fields: {
    kind: HttpErrorKind;
    reason: string;
    mayHaveActed: boolean;
    permanent?: boolean;
    status?: number | undefined;
    retryAfterMs?: number | undefined;
    bodyExcerpt?: string;
    cause?: unknown;
  }) {
    super(fields.reason, { cause: fields.cause });
    this.name = 'AttemptFailure';
    this.kind = fields.kind;
    this.reason = fields.reason;
    this.mayHaveActed = fields.mayHaveActed;
    this.permanent = fields.permanent ?? false;
    this.status = fields.status;
    this.retryAfterMs = fields.retryAfterMs;
    this.bodyExcerpt = fields.bodyExcerpt ?? '';
  }
}
