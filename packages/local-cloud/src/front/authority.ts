import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import {
  bitString,
  integer,
  octetString,
  oid,
  sequence,
  set,
  tagged,
  trueValue,
  utcTime,
  utf8String,
} from './der.ts';

const day = 86_400_000;
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const issuerName = name('Belay local cloud CA');
const subjectName = name('Belay local cloud');

/** What is wrong with a host's certificate. `expiring` is still good, for three days. */
export const certificateDefects = [
  'expired',
  'expiring',
  'not-yet-valid',
  'wrong-host',
  'self-signed',
] as const;
export type CertificateDefect = (typeof certificateDefects)[number];

/**
 * The private authority of one cloud. Its key lives in this process only: nothing on disk can sign for a
 * production host name once the cloud is closed.
 */
export class CertificateAuthority {
  readonly #key = newKey();
  /** One key serves every host: making a key costs more than signing a certificate. */
  readonly #hostKey = newKey();
  readonly #defects = new Map<string, CertificateDefect>();
  readonly #contexts = new Map<string, SecureContext>();
  readonly pem = toPem(
    certificate({
      issuer: issuerName,
      subject: issuerName,
      publicKey: this.#key.publicKey,
      signedBy: this.#key.privateKey,
      days: usualDays,
      extensions: authorityExtensions(this.#key.publicKey),
    }),
  );

  /** From the next handshake on, this host shows a certificate that is bad in this way. */
  spoil(host: string, defect: CertificateDefect): void {
    this.#defects.set(host, defect);
  }

  /** The hosts with a bad certificate. */
  get defects(): Readonly<Record<string, CertificateDefect>> {
    return Object.fromEntries(this.#defects);
  }

  /** Every host has a good certificate again. */
  clear(): void {
    this.#defects.clear();
  }

  /** The certificate of exactly this host, made when it is first asked for. */
  contextFor(host: string): SecureContext {
    const defect = this.#defects.get(host);
    const kind = `${host} ${defect}`;
    const known = this.#contexts.get(kind);
    if (known !== undefined) return known;
    const key = this.#hostKey.privateKey.export({ type: 'pkcs8', format: 'pem' });
    const context = createSecureContext({ cert: toPem(this.#certify(host, defect)), key });
    this.#contexts.set(kind, context);
    return context;
  }

  #certify(host: string, defect: CertificateDefect | undefined): Buffer {
    const signer = defect === 'self-signed' ? this.#hostKey : this.#key;
    return certificate({
      issuer: defect === 'self-signed' ? subjectName : issuerName,
      subject: subjectName,
      publicKey: this.#hostKey.publicKey,
      signedBy: signer.privateKey,
      days: defect === undefined ? usualDays : (defectiveDays[defect] ?? usualDays),
      extensions: hostExtensions(defect === 'wrong-host' ? 'elsewhere.invalid' : host, signer.publicKey),
    });
  }
}

/** Valid from and until, in days from now. A day back: the client's clock may be behind ours. */
type Days = readonly [from: number, until: number];

const usualDays: Days = [-1, 90];
const defectiveDays: Readonly<Partial<Record<CertificateDefect, Days>>> = {
  expired: [-91, -1],
  // An hour over, so that it has three whole days left however long a test takes.
  expiring: [-87, 3 + 1 / 24],
  'not-yet-valid': [1, 91],
};

interface CertificateContent {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly days: Days;
  readonly extensions: Buffer;
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function certificate(holder: CertificateContent): Buffer {
  const now = Date.now();
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    holder.issuer,
    sequence(...holder.days.map((days) => utcTime(now + days * day))),
    holder.subject,
    spki(holder.publicKey),
    tagged(0xa3, holder.extensions),
  );
  return sequence(content, ecdsaWithSha256, bitString(sign('sha256', content, holder.signedBy)));
}

function authorityExtensions(publicKey: KeyObject): Buffer {
  return sequence(
    extension('2.5.29.19', sequence(trueValue), 'critical'),
    // keyCertSign and cRLSign: the sixth and seventh bit.
    extension('2.5.29.15', bitString(Buffer.from([0b0000_0110]), 1), 'critical'),
    extension('2.5.29.14', octetString(keyId(publicKey))),
  );
}

function hostExtensions(host: string, issuer: KeyObject): Buffer {
  return sequence(
    extension('2.5.29.19', sequence(), 'critical'),
    // digitalSignature: the first bit.
    extension('2.5.29.15', bitString(Buffer.from([0b1000_0000]), 7), 'critical'),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.35', sequence(tagged(0x80, keyId(issuer)))),
    extension('2.5.29.17', sequence(tagged(0x82, Buffer.from(host)))),
  );
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return sequence(oid(id), ...(critical ? [trueValue] : []), octetString(value));
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), utf8String(commonName))));
}

function spki(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha1').update(spki(publicKey)).digest();
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
