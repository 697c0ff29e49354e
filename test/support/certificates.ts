import { generateKeyPairSync } from 'node:crypto';
import { certificatePem, type Holder } from '../../packages/local-cloud/src/front/certificate.ts';

export const day = 86_400_000;

/** A certificate with its key, as a server loads them. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Validity {
  /** Days from now; negative ones are past. */
  readonly from?: number;
  readonly to?: number;
}

export interface LeafOptions extends Validity {
  /** Host names and IPv4 addresses it is for. */
  readonly names: readonly string[];
}

/** One that signs certificates: a root, or an intermediate under another. */
export class Authority {
  readonly cert: string;
  readonly #self: Holder;

  /** `as`: with the key of another, as one that is signed across has. */
  constructor(
    commonName: string,
    options: Validity & { readonly under?: Authority; readonly as?: Authority } = {},
  ) {
    const { under, as } = options;
    this.#self = { commonName, privateKey: as === undefined ? newKey() : as.#self.privateKey };
    const issuer = under === undefined ? this.#self : under.#self;
    this.cert = certificatePem({
      subject: this.#self,
      issuer,
      valid: fromNow(options),
      names: 'authority',
    });
  }

  leaf(options: LeafOptions): Identity {
    return leafOf(options, { commonName: options.names[0] ?? '', privateKey: newKey() }, this.#self);
  }
}

/** A certificate that vouches for itself. */
export function selfSigned(options: LeafOptions): Identity {
  return leafOf(options, { commonName: options.names[0] ?? '', privateKey: newKey() });
}

/** A self-signed one with a key that servers without elliptic curves can use. */
export function selfSignedRsa(options: LeafOptions): Identity {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return leafOf(options, { commonName: options.names[0] ?? '', privateKey });
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function leafOf({ names, ...validity }: LeafOptions, subject: Holder, issuer = subject): Identity {
  const cert = certificatePem({ subject, issuer, valid: fromNow(validity), names });
  return { cert, key: subject.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function fromNow({ from = -1, to = 90 }: Validity) {
  const now = Date.now();
  // An hour more, so that whole days are left for the length of a test.
  return { from: now + from * day, until: now + to * day + 3_600_000 };
}
