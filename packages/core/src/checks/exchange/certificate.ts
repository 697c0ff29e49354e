import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { errorMessage } from '../../outcome/failure.ts';
import { ExchangeError } from './exchange-error.ts';

/** A server's certificate in words, whether or not anyone trusts it. */
export interface CertificateFacts {
  /** Names as OpenSSL writes them, on one line: `O=Shop, CN=shop.example`. */
  readonly subject: string;
  readonly issuer: string;
  /** Host names and addresses it is for; other kinds keep their prefix, as `URI:…`. */
  readonly san: readonly string[];
  /** Hex digits in capitals. */
  readonly serial: string;
  /** SHA-256 in capitals, a colon between bytes. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** `rsa`, `ec`, `ed25519`. */
  readonly key: string;
  /** Undefined for kinds of key that have one size only. */
  readonly keyBits: number | undefined;
  /** As OpenSSL names it: `ecdsa-with-SHA256`. */
  readonly signature: string | undefined;
  /** All that the server sent, in its order; the first is the server's own. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
}

/** Node gives the chain away with the first question and answers undefined to the second. */
const described = new WeakMap<TLSSocket, CertificateFacts | undefined>();

/** Each is held against each to find a path; servers that send their whole store of authorities send some dozens. */
const mostCertificates = 64;

/** Host names and addresses of one certificate; authorities sign some hundreds. */
const mostNames = 2000;

/** The certificate on the other end of a finished handshake; undefined when the server showed none. Throws ExchangeError for one that cannot be read. */
export function describeCertificate(socket: TLSSocket): CertificateFacts | undefined {
  if (!described.has(socket)) {
    const own = socket.getPeerX509Certificate();
    described.set(socket, own && readable(own));
  }
  return described.get(socket);
}

/** What an assertion reads, by the name it is written with; dates are ISO 8601 in UTC, which sorts as time does. */
export const certificateValues: Readonly<Record<string, (facts: CertificateFacts) => unknown>> = {
  subject: ({ subject }) => subject,
  issuer: ({ issuer }) => issuer,
  san: ({ san }) => san,
  serial: ({ serial }) => serial,
  fingerprint: ({ fingerprint }) => fingerprint,
  'valid-from': ({ validFrom }) => validFrom.toISOString(),
  'valid-to': ({ validTo }) => validTo.toISOString(),
  key: ({ key }) => key,
  'key-bits': ({ keyBits }) => keyBits,
  signature: ({ signature }) => signature,
};

/** A distinguished name on one line. */
export function oneLine(name: string): string {
  return name.trim().split('\n').join(', ');
}

function readable(own: X509Certificate): CertificateFacts {
  try {
    const facts = factsOf(own, sentWith(own));
    if (Number.isNaN(facts.validFrom.getTime() + facts.validTo.getTime()))
      throw new Error('its dates are none');
    return facts;
  } catch (error) {
    if (error instanceof ExchangeError) throw error;
    const why = errorMessage(error);
    throw new ExchangeError('tls-verdict', `the certificate cannot be read: ${why}`, { cause: error });
  }
}

function factsOf(own: X509Certificate, chain: CertificateFacts['chain']): CertificateFacts {
  return {
    subject: oneLine(own.subject),
    issuer: oneLine(own.issuer),
    san: alternativeNames(own.subjectAltName ?? ''),
    serial: own.serialNumber,
    fingerprint: own.fingerprint256,
    validFrom: own.validFromDate,
    validTo: own.validToDate,
    key: own.publicKey.asymmetricKeyType ?? 'unknown',
    keyBits: own.toLegacyObject().bits,
    signature: own.signatureAlgorithm,
    chain,
  };
}

/** Node links each certificate to the next one sent, whether or not that one issued it. */
function sentWith(own: X509Certificate): CertificateFacts['chain'] {
  const sent: [X509Certificate, ...X509Certificate[]] = [own];
  for (let at = own.issuerCertificate; at !== undefined; at = at.issuerCertificate) {
    if (sent.length === mostCertificates)
      throw new ExchangeError('tls-verdict', `the server sent more than ${mostCertificates} certificates`);
    sent.push(at);
  }
  return sent;
}

/** Node writes `DNS:a, IP Address:1.2.3.4`, and quotes as JSON what would break out of that. */
function alternativeNames(text: string): string[] {
  const names = [...text.matchAll(/([^:,\s][^:,]*):("(?:[^"\\]|\\.)*"|[^,]*)/g)];
  if (names.length > mostNames)
    throw new ExchangeError(
      'tls-verdict',
      `the certificate is for ${names.length} names: more than ${mostNames}`,
    );
  return names.map(([, kind = '', value = '']) => {
    const plain = value.startsWith('"') ? String(JSON.parse(value)) : value;
    return kind === 'DNS' || kind === 'IP Address' ? plain : `${kind}:${plain}`;
  });
}
