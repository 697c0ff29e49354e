import type { FailureClass } from '../check-result.ts';

/** Why an exchange ended without a usable answer. */
export class ExchangeError extends Error {
  readonly failureClass: FailureClass;

  constructor(failureClass: FailureClass, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ExchangeError';
    this.failureClass = failureClass;
  }
}

/** How far an attempt had come: the same error code means different things at different points. */
export type ExchangeStage = 'resolving' | 'connecting' | 'securing' | 'waiting' | 'reading';

const certificateCodes: readonly string[] = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
];

/** Sorts an error of Node's into a retry class, by its code and how far the attempt had come. */
export function exchangeErrorOf(error: unknown, stage: ExchangeStage): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const { code, text } = described(error);
  const options = { cause: error };
  if (certificateCodes.includes(code)) return new ExchangeError('tls-verdict', text, options);
  if (stage === 'resolving' && /^(ENOTFOUND|EAI_)/.test(code))
    return new ExchangeError('resolve', text, options);
  if (stage === 'resolving' || stage === 'connecting') return new ExchangeError('connect', text, options);
  // Platforms answer a handshake with an alert until the certificate of a new host is there.
  if (stage === 'securing')
    return new ExchangeError('tls-transient', `${text} during the TLS handshake`, options);
  if (code === 'HPE_HEADER_OVERFLOW')
    return new ExchangeError('assertion', 'the headers are too large', options);
  if (code.startsWith('HPE_'))
    return new ExchangeError('assertion', `the answer is not HTTP: ${text}`, options);
  if (stage === 'waiting') return new ExchangeError('connect', `${text} before any answer`, options);
  return new ExchangeError('assertion', `the answer broke off: ${text}`, options);
}

function described(error: unknown): { readonly code: string; readonly text: string } {
  if (!(error instanceof Error)) return { code: '', text: String(error) };
  // Several addresses were tried: the first error stands for all.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = codeOf(first) || codeOf(error);
  const message = reasonOf(first) || reasonOf(error);
  return { code, text: message.includes(code) ? message : `${code} ${message}` };
}

/** OpenSSL's message is a line of its source code; what it means stands in `reason`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Answers that a proxy or an overloaded service gives in place of the application. */
export function isGatewayStatus(status: number | undefined): boolean {
  return status !== undefined && [408, 425, 429, 502, 503, 504].includes(status);
}
