import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
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
} from '../../packages/local-cloud/src/front/der.ts';

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

type Algorithm = 'ecdsa-with-SHA256' | 'sha256WithRSAEncryption';

const signatures: Readonly<Record<Algorithm, Buffer>> = {
  'ecdsa-with-SHA256': sequence(oid('1.2.840.10045.4.3.2')),
  sha256WithRSAEncryption: sequence(oid('1.2.840.113549.1.1.11'), Buffer.from([0x05, 0x00])),
};

interface Signer {
  readonly name: Buffer;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly algorithm: Algorithm;
}

/** One that signs certificates: a root, or an intermediate under another. */
export class Authority {
  readonly cert: string;
  readonly #self: Signer;

  /** `as`: with the key of another, as one that is signed across has. */
  constructor(
    name: string,
    options: Validity & { readonly under?: Authority; readonly as?: Authority } = {},
  ) {
    this.#self = {
      ...(options.as === undefined ? newKey() : options.as.#self),
      name: nameOf(name),
      algorithm: 'ecdsa-with-SHA256',
    };
    const issuer = options.under === undefined ? this.#self : options.under.#self;
    this.cert = certificate(this.#self, issuer, options, authorityExtensions(this.#self, issuer));
  }

  leaf({ names, ...validity }: LeafOptions): Identity {
    return leafOf({ ...newKey(), name: nameOf(names[0] ?? '') }, names, { ...validity, issuer: this.#self });
  }
}

/** A certificate that vouches for itself. */
export function selfSigned({ names, ...validity }: LeafOptions): Identity {
  const keys = newKey();
  const holder = { ...keys, name: nameOf(names[0] ?? '') };
  return leafOf(holder, names, { ...validity, issuer: { ...holder, algorithm: 'ecdsa-with-SHA256' } });
}

/** A self-signed one with a key that servers without elliptic curves can use. */
export function selfSignedRsa({ names, ...validity }: LeafOptions): Identity {
  const holder = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }), name: nameOf(names[0] ?? '') };
  return leafOf(holder, names, { ...validity, issuer: { ...holder, algorithm: 'sha256WithRSAEncryption' } });
}

type Holder = Omit<Signer, 'algorithm'>;

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function leafOf(
  holder: Holder,
  names: readonly string[],
  { issuer, ...validity }: Validity & { readonly issuer: Signer },
): Identity {
  const cert = certificate(holder, issuer, validity, leafExtensions(names, issuer));
  return { cert, key: holder.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function certificate(holder: Holder, issuer: Signer, { from = -1, to = 90 }: Validity, extensions: Buffer) {
  const now = Date.now();
  const algorithm = signatures[issuer.algorithm];
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    issuer.name,
    // An hour more, so that whole days are left for the length of a test.
    sequence(utcTime(now + from * day), utcTime(now + to * day + 3_600_000)),
    holder.name,
    spki(holder.publicKey),
    tagged(0xa3, extensions),
  );
  const der = sequence(content, algorithm, bitString(sign('sha256', content, issuer.privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function authorityExtensions(self: Holder, issuer: Holder): Buffer {
  return sequence(
    extension('2.5.29.19', sequence(trueValue)),
    // keyCertSign and cRLSign: the sixth and seventh bit.
    extension('2.5.29.15', bitString(Buffer.from([0b0000_0110]), 1)),
    extension('2.5.29.14', octetString(keyId(self.publicKey))),
    extension('2.5.29.35', sequence(tagged(0x80, keyId(issuer.publicKey)))),
  );
}

function leafExtensions(names: readonly string[], issuer: Holder): Buffer {
  const san = names.map((name) =>
    isIPv4(name) ? tagged(0x87, Buffer.from(name.split('.').map(Number))) : tagged(0x82, Buffer.from(name)),
  );
  return sequence(
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.35', sequence(tagged(0x80, keyId(issuer.publicKey)))),
    extension('2.5.29.17', sequence(...san)),
  );
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), octetString(value));
}

function nameOf(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), utf8String(commonName))));
}

function spki(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha1').update(spki(publicKey)).digest();
}
