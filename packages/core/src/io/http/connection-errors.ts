import { STATUS_CODES } from 'node:http';
import { AttemptFailure } from './attempt-failure.ts';

/** How far an attempt had come. Nothing reaches the server while it is still `connecting`. */
export type ConnectionStage =
  | 'connecting'
  | 'sending the body'
  | 'waiting for an answer'
  | 'reading the answer';

/** Reads Node's network errors, which differ in shape by the layer they come from. */
export function describeConnectionError(
  error: unknown,
  stage: ConnectionStage,
  proxy: URL | undefined,
): AttemptFailure {
  const facts = error as NetworkError;
  const code = facts.code ?? 'unknown error';
  const common = { mayHaveActed: stage !== 'connecting', cause: error };
  if (code === 'ERR_PROXY_TUNNEL') return proxyRefusal(facts, error);
  if (proxy !== undefined && isAbout(facts, proxy)) {
    return new AttemptFailure({ ...common, kind: 'proxy', reason: `the proxy cannot be reached (${code})` });
  }
  if (isTlsCode(code)) {
    const reason = `no trusted connection (${code})`;
    return new AttemptFailure({ ...common, kind: 'tls', reason, permanent: true });
  }
  if (stage === 'connecting') {
    return new AttemptFailure({ ...common, kind: 'connect', reason: `${connectReason(code)} (${code})` });
  }
  if (code === 'Z_DATA_ERROR' || code.startsWith('ERR__ERROR_FORMAT')) {
    return new AttemptFailure({ ...common, kind: 'body', reason: `cannot be decompressed (${code})` });
  }
  const reason = `connection lost while ${stage} (${code})`;
  return new AttemptFailure({ ...common, kind: 'reset', reason });
}

interface NetworkError {
  readonly code?: string;
  /** Of a proxy that refused the tunnel. */
  readonly statusCode?: number;
  /** Of a proxy that never answered. */
  readonly proxyTunnelTimeout?: number;
  readonly hostname?: string;
  readonly port?: number;
  readonly syscall?: string;
}

function proxyRefusal(
  { statusCode: status, proxyTunnelTimeout }: NetworkError,
  cause: unknown,
): AttemptFailure {
  const silence = proxyTunnelTimeout === undefined ? 'it closed the connection' : 'it did not answer';
  const answer = status === undefined ? silence : `${status} ${STATUS_CODES[status] ?? ''}`;
  return new AttemptFailure({
    kind: 'proxy',
    reason: `no tunnel through the proxy: ${answer.trim()}`,
    mayHaveActed: false,
    permanent: status !== undefined && status < 500,
    cause,
  });
}

function isAbout(error: NetworkError, proxy: URL): boolean {
  if (error.syscall === 'getaddrinfo') return error.hostname === proxy.hostname;
  const port = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
  return error.syscall === 'connect' && error.port === port;
}

function isTlsCode(code: string): boolean {
  return /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/.test(code);
}

const connectReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name cannot be looked up now',
};

function connectReason(code: string): string {
  return connectReasons[code] ?? 'no connection';
}
