import type { X509Certificate } from 'node:crypto';
import { X509Certificate as Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';

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
  return pathFrom([sent[0]], sent);
}

type Climbed = readonly [X509Certificate, ...X509Certificate[]];

function pathFrom(climbed: Climbed, sent: readonly X509Certificate[]): CertificatePath {
  const top = climbed.at(-1) ?? climbed[0];
  const anchors = anchorsNamed(top.issuer).filter((anchor) => isIssuedBy(top, anchor));
  const anchor = anchors.find(isValidNow) ?? anchors[0];
  if (anchor !== undefined) {
    const isItself = anchor.fingerprint256 === top.fingerprint256;
    return { certificates: isItself ? climbed : [...climbed, anchor], end: 'trusted' };
  }
  if (isIssuedBy(top, top)) {
    return { certificates: climbed, end: climbed.length === 1 ? 'self-signed' : 'unknown-root' };
  }
  const used = new Set(climbed.map((one) => one.fingerprint256));
  const issuers = sent.filter((one) => !used.has(one.fingerprint256) && isIssuedBy(top, one));
  const paths = issuers.map((issuer) => pathFrom([...climbed, issuer], sent));
  return (
    paths.find(({ end }) => end === 'trusted') ?? paths[0] ?? { certificates: climbed, end: 'unknown-issuer' }
  );
}

function isIssuedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return one.checkIssued(issuer) && one.verify(issuer.publicKey);
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
  const pems = getCACertificates('default');
  if (known?.pems !== pems) known = { pems, byName: readAnchors(pems) };
  return known.byName.get(subject) ?? [];
}

function readAnchors(pems: readonly string[]): Anchors['byName'] {
  const byName = new Map<string, X509Certificate[]>();
  for (const pem of pems) {
    const anchor = new Certificate(pem);
    byName.set(anchor.subject, [...(byName.get(anchor.subject) ?? []), anchor]);
  }
  return byName;
}
