import type { X509Certificate } from 'node:crypto';
import { lateCrypto, lateTls } from '../../io/late-builtins.ts';

/** From the server's own certificate upwards, each issued by the next; an anchor that was found is the last. */
export interface CertificatePath {
  readonly certificates: readonly X509Certificate[];
  readonly end:
    | 'trusted'
    /** The server's own certificate vouches for itself. */
    | 'self-signed'
    /** It leads to a root that is not trusted here. */
    | 'unknown-root'
    /** The issuer of the last one was neither sent nor is it trusted here. */
    | 'unknown-issuer';
}

/**
 * The path from the first certificate to one that is trusted here, by whatever detour; without one, the first that
 * leads as far as it can. `sent` may be in any order and hold certificates that lead nowhere.
 */
export function certificatePath(sent: readonly [X509Certificate, ...X509Certificate[]]): CertificatePath {
  return pathFrom([sent[0]], sent, new Set([sent[0].fingerprint256]));
}

type Climbed = readonly [X509Certificate, ...X509Certificate[]];

/** `seen`: where one of them led nowhere it leads nowhere by any other way, and strangers may send factorials of ways. */
function pathFrom(climbed: Climbed, sent: readonly X509Certificate[], seen: Set<string>): CertificatePath {
  const top = climbed.at(-1) ?? climbed[0];
  const anchors = anchorsNamed(top.issuer).filter((anchor) => isIssuedBy(top, anchor));
  const anchor = anchors.find(isValidNow) ?? anchors[0];
  if (anchor !== undefined) {
    const isItself = anchor.fingerprint256 === top.fingerprint256;
    return { certificates: isItself ? climbed : [...climbed, anchor], end: 'trusted' };
  }
  if (vouchesForItself(top)) {
    return { certificates: climbed, end: climbed.length === 1 ? 'self-signed' : 'unknown-root' };
  }
  let first: CertificatePath | undefined;
  for (const issuer of sent) {
    if (seen.has(issuer.fingerprint256) || !isIssuedBy(top, issuer)) continue;
    seen.add(issuer.fingerprint256);
    const path = pathFrom([...climbed, issuer], sent, seen);
    if (path.end === 'trusted') return path;
    first ??= path;
  }
  return first ?? { certificates: climbed, end: 'unknown-issuer' };
}

function isIssuedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return one.checkIssued(issuer) && one.verify(issuer.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know has issued nothing that we could know of.
    return false;
  }
}

/**
 * Whether it is signed with the key it is for. OpenSSL asks for more, that its key may sign certificates: development
 * certificates of .NET say that theirs may not, and are self-signed all the same.
 */
export function vouchesForItself(certificate: X509Certificate): boolean {
  try {
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}

function isValidNow({ validFromDate, validToDate }: X509Certificate): boolean {
  const now = Date.now();
  return validFromDate.getTime() <= now && now <= validToDate.getTime();
}

interface Anchors {
  readonly pems: readonly string[];
  readonly byName: ReadonlyMap<string, readonly X509Certificate[]>;
}

let known: Anchors | undefined;

/** What Node trusts by default, `NODE_EXTRA_CA_CERTS` included; read when the first certificate is judged. */
function anchorsNamed(subject: string): readonly X509Certificate[] {
  const pems = lateTls().getCACertificates('default');
  if (known?.pems !== pems) known = { pems, byName: readAnchors(pems) };
  return known.byName.get(subject) ?? [];
}

function readAnchors(pems: readonly string[]): Anchors['byName'] {
  const { X509Certificate: Certificate } = lateCrypto();
  const byName = new Map<string, X509Certificate[]>();
  for (const pem of pems) {
    const anchor = new Certificate(pem);
    byName.set(anchor.subject, [...(byName.get(anchor.subject) ?? []), anchor]);
  }
  return byName;
}
