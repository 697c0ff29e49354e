import { generateKeyPairSync } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { certificatePem, type Holder } from './certificate.ts';

const day = 86_400_000;

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
  readonly #self = holder('Belay local cloud CA');
  /** One key serves every host: making a key costs more than signing a certificate. */
  readonly #host = holder('Belay local cloud');
  readonly #defects = new Map<string, CertificateDefect>();
  readonly #contexts = new Map<string, SecureContext>();
  readonly pem = certificatePem({
    subject: this.#self,
    issuer: this.#self,
    valid: fromNow(usualDays),
    names: 'authority',
  });

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
    const key = this.#host.privateKey.export({ type: 'pkcs8', format: 'pem' });
    const context = createSecureContext({ cert: this.#certify(host, defect), key });
    this.#contexts.set(kind, context);
    return context;
  }

  #certify(host: string, defect: CertificateDefect | undefined): string {
    return certificatePem({
      subject: this.#host,
      issuer: defect === 'self-signed' ? this.#host : this.#self,
      valid: fromNow((defect && defectiveDays[defect]) ?? usualDays),
      names: [defect === 'wrong-host' ? 'elsewhere.invalid' : host],
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

function fromNow([from, until]: Days) {
  const now = Date.now();
  return { from: now + from * day, until: now + until * day };
}

function holder(commonName: string): Holder {
  return { commonName, privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
}
