import type { Socket } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { AttemptWatch } from '../exchange/attempt-watch.ts';
import type { HandshakeTerms } from '../exchange/handshake.ts';
import { shakeHands } from '../exchange/handshake.ts';
import { Trouble, troubleOf } from '../exchange/trouble.ts';
import type { AttemptContext, Objection } from './check-type.ts';

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
): Promise<readonly Objection[]> {
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
    if (cut !== undefined || watch.stage !== 'securing') throw cut ?? troubleOf(error, watch.stage);
    if (isRefusal(error)) return false;
    throw new Trouble(
      'tls-transient',
      `${troubleOf(error, 'securing').message} (offering ${terms.only} alone)`,
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
