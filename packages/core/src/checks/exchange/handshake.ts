import type { Socket } from 'node:net';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { lateTls } from '../../io/late-builtins.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import type { CertificateFacts } from './certificate.ts';
import { describeCertificate } from './certificate.ts';
import type { CertificatePath } from './chain.ts';
import { certificatePath } from './chain.ts';
import { opened } from './connect.ts';
import { ExchangeError } from './exchange-error.ts';
import type { ChainProblems } from './identity.ts';
import { chainProblems, nameProblem } from './identity.ts';
import { serverNameOf } from './server-name.ts';

export interface HandshakeTerms {
  /** The name that is asked for and that the certificate must be for; an address is not sent. */
  readonly serverName: string;
  /** Protocols offered, best first; none when empty. */
  readonly alpn: readonly string[];
  /** The one version offered, however old; what Node offers when absent. */
  readonly only?: SecureVersion;
  /** What the dates of certificates are held against, milliseconds since 1970. */
  readonly now: number;
}

/** A finished handshake with a server that may be anyone: what it showed, and what is wrong with that. */
export interface Handshake {
  readonly socket: TLSSocket;
  /** `1.3` as a number, so that versions can be ordered. */
  readonly version: number;
  /** By the standard's name, such as TLS_AES_128_GCM_SHA256. */
  readonly cipher: string;
  readonly alpn: string | undefined;
  readonly certificate: CertificateFacts;
  readonly path: CertificatePath;
  readonly chainProblems: ChainProblems;
  readonly nameProblem: string | undefined;
  /** The OCSP answer stapled to the handshake. */
  readonly stapled: Buffer | undefined;
}

/**
 * Secures `tcp` without asking who answers: a certificate that has expired can only be described once it is there.
 * Nothing may be sent before the problems have been looked at.
 */
export async function shakeHands(
  tcp: Socket,
  terms: HandshakeTerms,
  watch: AttemptWatch,
): Promise<Handshake> {
  let stapled: Buffer | undefined;
  const socket = securing(tcp, terms);
  watch.onCut((why) => socket.destroy(why));
  socket.on('error', () => {});
  socket.once('OCSPResponse', (answer: Buffer | null) => {
    stapled = answer ?? undefined;
  });
  await opened(socket, 'secureConnect');
  watch.secured();
  const certificate = describeCertificate(socket);
  if (certificate === undefined) throw new ExchangeError('tls-verdict', 'the server shows no certificate');
  const path = certificatePath(certificate.chain);
  const verdict = verdictOf(socket);
  return {
    socket,
    version: versionNumber(socket.getProtocol()),
    cipher: socket.getCipher().standardName,
    alpn: socket.alpnProtocol || undefined,
    certificate,
    path,
    chainProblems: chainProblems({ certificate, path, verdict, now: terms.now }),
    nameProblem: nameProblem(terms.serverName, certificate),
    stapled,
  };
}

/** Secures `tcp` with a server that proves to be `serverName`; throws ExchangeError `tls-verdict` with every reason why not. */
export async function secureConnection(
  tcp: Socket,
  terms: HandshakeTerms,
  watch: AttemptWatch,
): Promise<Handshake> {
  const handshake = await shakeHands(tcp, terms, watch);
  const problems = identityProblems(handshake);
  if (problems.length === 0) return handshake;
  handshake.socket.destroy();
  throw new ExchangeError('tls-verdict', problems.join('; '));
}

/** Chain and name; each is reported, whatever the other says. */
export function identityProblems({ chainProblems, nameProblem }: Handshake): readonly string[] {
  const chain = [...chainProblems.dates.map(({ why }) => why), ...chainProblems.trust];
  return nameProblem === undefined ? chain : [...chain, nameProblem];
}

function securing(tcp: Socket, { serverName, alpn, only }: HandshakeTerms): TLSSocket {
  return lateTls().connect({
    socket: tcp,
    host: serverName,
    servername: serverNameOf(serverName),
    rejectUnauthorized: false,
    // The name is judged apart, so that a broken chain does not hide it.
    checkServerIdentity: () => undefined,
    requestOCSP: true,
    ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
    // OpenSSL offers TLS 1.0 and 1.1 only at its lowest level of security.
    ...(only === undefined ? {} : { minVersion: only, maxVersion: only, ciphers: 'DEFAULT@SECLEVEL=0' }),
  });
}

/** A code of OpenSSL's, whatever Node's types say; null when it found nothing wrong. */
function verdictOf(socket: TLSSocket): string | undefined {
  const verdict: unknown = socket.authorizationError;
  return typeof verdict === 'string' ? verdict : undefined;
}

/** `TLSv1` is 1.0. */
function versionNumber(protocol: string | null): number {
  const digits = /^TLSv(\d(?:\.\d)?)$/.exec(protocol ?? '')?.[1];
  return Number(digits ?? 0);
}
