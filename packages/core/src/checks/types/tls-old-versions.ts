import type { Socket } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { AttemptWatch, leastMs } from '../exchange/attempt-watch.ts';
import { ExchangeError, exchangeErrorOf } from '../exchange/exchange-error.ts';
import type { HandshakeTerms } from '../exchange/handshake.ts';
import { shakeHands } from '../exchange/handshake.ts';
import type { AttemptContext, Finding } from './check-type.ts';

/** The versions of TLS that are still spoken anywhere, oldest first. */
export const tlsVersions = ['1.0', '1.1', '1.2', '1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

const nodeNames: Readonly<Record<TlsVersion, SecureVersion>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
};

export interface OldVersions {
  readonly minVersion: TlsVersion;
  readonly serverName: string;
  /** A new connection to the server, each with its own watch. */
  readonly open: (watch: AttemptWatch) => Promise<Socket>;
}

/**
 * Offers the server each version below `min-version` alone, at most three, and objects to those it accepts. A server
 * that speaks a newer one to us may still speak the old one to whoever asks for nothing better.
 */
export async function oldVersionsAccepted(
  { minVersion, serverName, open }: OldVersions,
  context: AttemptContext,
): Promise<readonly Finding[]> {
  if (context.timeoutMs < leastMs) return [notOffered(minVersion)];
  const older = tlsVersions.slice(0, tlsVersions.indexOf(minVersion));
  const accepted: TlsVersion[] = [];
  for (const version of older) {
    const terms = { serverName, alpn: [], only: nodeNames[version], now: context.clock.now() };
    if (await accepts(terms, open, context)) accepted.push(version);
  }
  if (accepted.length === 0) return [];
  const failure = {
    read: `versions below ${minVersion}`,
    expected: 'refused',
    actual: `accepted: ${accepted.map((version) => `TLS ${version}`).join(', ')}`,
  };
  return [{ failureClass: 'assertion', endsAs: 'fail', failure }];
}

/** Offered with no time left, they could only hide what the first handshake showed. */
function notOffered(minVersion: TlsVersion): Finding {
  const failure = {
    read: `versions below ${minVersion}`,
    expected: 'refused',
    actual: 'not offered, since no time was left: raise `timeout`',
  };
  return { failureClass: 'timeout', endsAs: 'fail', failure };
}

async function accepts(
  terms: HandshakeTerms,
  open: OldVersions['open'],
  context: AttemptContext,
): Promise<boolean> {
  const watch = new AttemptWatch(context);
  try {
    const { socket } = await shakeHands(await open(watch), terms, watch);
    socket.destroy();
    return true;
  } catch (error) {
    const cut = watch.cutBy;
    if (cut !== undefined || watch.stage !== 'securing') throw cut ?? exchangeErrorOf(error, watch.stage);
    if (isRefusal(error)) return false;
    throw new ExchangeError(
      'tls-transient',
      `${exchangeErrorOf(error, 'securing').message} (offering ${terms.only} alone)`,
    );
  } finally {
    watch.close();
  }
}

/** An alert, or a closed door. What our own OpenSSL could not do is no answer of the server's. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '') return true;
  return /^(ECONNRESET|EPIPE|ERR_SSL_.*_ALERT_.*|ERR_SSL_UNSUPPORTED_PROTOCOL)$/.test(code);
}
