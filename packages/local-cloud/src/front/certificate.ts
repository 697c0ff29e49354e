import { createHash, createPublicKey, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';

/** Whose certificate it is, or who signs it. */
export interface Holder {
  readonly commonName: string;
  /** Of an elliptic curve, or of RSA. */
  readonly privateKey: KeyObject;
}

export interface CertificateContent {
  readonly subject: Holder;
  readonly issuer: Holder;
  /** Milliseconds since the epoch. */
  readonly valid: { readonly from: number; readonly until: number };
  /** The host names and addresses it is for; an authority's has none, and signs others. */
  readonly names: readonly string[] | 'authority';
}

/** A certificate as PEM. `@peculiar/x509` would do more of it, but its keys and signatures are promises. */
export function certificatePem({ subject, issuer, valid, names }: CertificateContent): string {
  const extensions =
    names === 'authority' ? ofAuthority(subject, issuer) : ofHost(names, { subject, issuer });
  const algorithm = new x509.AlgorithmIdentifier(algorithms[kindOf(issuer)]);
  const content = new x509.TBSCertificate({
    version: x509.Version.v3,
    // It begins with a one: an integer whose first bit is set is negative.
    serialNumber: exactly(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    signature: algorithm,
    issuer: nameOf(issuer),
    validity: new x509.Validity({ notBefore: new Date(valid.from), notAfter: new Date(valid.until) }),
    subject: nameOf(subject),
    subjectPublicKeyInfo: AsnConvert.parse(spki(subject), x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions(extensions),
  });
  const signed = sign('sha256', serialized(content), issuer.privateKey);
  const whole = new x509.Certificate({
    tbsCertificate: content,
    signatureAlgorithm: algorithm,
    signatureValue: exactly(signed),
  });
  return new X509Certificate(serialized(whole)).toString();
}

/** SHA-256, with the key of each kind. */
const algorithms = {
  ec: { algorithm: '1.2.840.10045.4.3.2' },
  rsa: { algorithm: '1.2.840.113549.1.1.11', parameters: null },
} as const;

function kindOf({ privateKey }: Holder): keyof typeof algorithms {
  return privateKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
}

function ofAuthority(subject: Holder, issuer: Holder): x509.Extension[] {
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  return [
    critical(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true })),
    critical(x509.id_ce_keyUsage, new x509.KeyUsage(keyCertSign | cRLSign)),
    extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(keyId(subject))),
    issuerKey(issuer),
  ];
}

function ofHost(
  names: readonly string[],
  { subject, issuer }: Pick<CertificateContent, 'subject' | 'issuer'>,
): x509.Extension[] {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  // Older ciphers have an RSA key decrypt instead of sign.
  const usage = kindOf(subject) === 'rsa' ? digitalSignature | keyEncipherment : digitalSignature;
  const general = names.map(
    (name) => new x509.GeneralName(isIP(name) === 0 ? { dNSName: name } : { iPAddress: name }),
  );
  return [
    critical(x509.id_ce_basicConstraints, new x509.BasicConstraints()),
    critical(x509.id_ce_keyUsage, new x509.KeyUsage(usage)),
    extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
    issuerKey(issuer),
    extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName(general)),
  ];
}

function issuerKey(issuer: Holder): x509.Extension {
  const keyIdentifier = new x509.KeyIdentifier(keyId(issuer));
  return extension(x509.id_ce_authorityKeyIdentifier, new x509.AuthorityKeyIdentifier({ keyIdentifier }));
}

function critical(extnID: string, value: object): x509.Extension {
  return extension(extnID, value, true);
}

function extension(extnID: string, value: object, isCritical = false): x509.Extension {
  return new x509.Extension({ extnID, critical: isCritical, extnValue: new OctetString(serialized(value)) });
}

function nameOf({ commonName }: Holder): x509.Name {
  const value = new x509.AttributeValue({ utf8String: commonName });
  const attribute = new x509.AttributeTypeAndValue({ type: '2.5.4.3', value });
  return new x509.Name([new x509.RelativeDistinguishedName([attribute])]);
}

function spki({ privateKey }: Holder): Buffer {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
}

function keyId(holder: Holder): ArrayBuffer {
  return exactly(createHash('sha1').update(spki(holder)).digest());
}

function serialized(value: object): Buffer {
  return Buffer.from(AsnConvert.serialize(value));
}

/** Small buffers share one piece of memory. */
function exactly(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
