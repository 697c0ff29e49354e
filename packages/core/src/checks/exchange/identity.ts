import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToUnicode } from 'node:url';
import { lateTls } from '../../io/late-builtins.ts';
import type { CertificateFacts } from './certificate.ts';
import { oneLine } from './certificate.ts';
import type { CertificatePath } from './chain.ts';

const day = 86_400_000;

export interface ChainEvidence {
  readonly certificate: CertificateFacts;
  readonly path: CertificatePath;
  /** OpenSSL's own verdict, which stops at the first problem; undefined when it found none. */
  readonly verdict: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A date of a certificate that it is not used within. */
export interface DateProblem {
  readonly kind: 'expired' | 'early';
  /** Of the server's own certificate, not of one that vouches for it. */
  readonly isOwn: boolean;
  readonly why: string;
}

/** Why the chain cannot be trusted, each reason on its own; both are empty when it can. */
export interface ChainProblems {
  readonly dates: readonly DateProblem[];
  readonly trust: readonly string[];
}

export function chainProblems({ certificate, path, verdict, now }: ChainEvidence): ChainProblems {
  const dates = path.certificates.flatMap((one) => dateProblem(one, one === certificate.chain[0], now));
  const trust = verdict === undefined ? [] : trustProblem(path);
  if (dates.length > 0 || trust.length > 0 || verdict === undefined) return { dates, trust };
  return { dates, trust: [`OpenSSL refuses the chain with ${verdict}`] };
}

function dateProblem(certificate: X509Certificate, isOwn: boolean, now: number): DateProblem[] {
  const which = isOwn ? 'the certificate' : `the certificate of ${nameOf(certificate)} in the chain`;
  const [from, to] = [certificate.validFromDate, certificate.validToDate];
  if (to.getTime() < now) {
    const why = `${which} expired ${ago(now - to.getTime())}, on ${moment(to)}`;
    return [{ kind: 'expired', isOwn, why }];
  }
  if (from.getTime() > now)
    return [{ kind: 'early', isOwn, why: `${which} is not valid before ${moment(from)}` }];
  return [];
}

function trustProblem({ certificates, end }: CertificatePath): string[] {
  const top = certificates.at(-1);
  if (top === undefined) return [];
  switch (end) {
    case 'trusted':
      return [];
    case 'self-signed':
      return ['the certificate is self-signed: nobody vouches for it'];
    case 'unknown-root':
      return [`the chain ends at ${nameOf(top)}, a root that is not trusted here`];
    case 'unknown-issuer':
      return [unknownIssuer(top, certificates.length)];
  }
}

/** A server that sent no intermediate forgot it; one that did, leads to a root we do not have. */
function unknownIssuer(top: X509Certificate, length: number): string {
  const issuer = JSON.stringify(oneLine(top.issuer));
  if (length === 1) {
    return `an intermediate certificate is missing: the issuer ${issuer} was not sent and is not trusted here`;
  }
  return `the chain breaks off at ${nameOf(top)}: its issuer ${issuer} was not sent and is not trusted here`;
}

/**
 * Whether the certificates came in an order that leads nowhere: each must have issued the one before it. Clients that
 * build no path of their own refuse that. A root or spare certificates at the end do no harm.
 */
export function orderProblem({ chain }: CertificateFacts, path: CertificatePath): string | undefined {
  const sent = [...new Set(chain.map((one) => one.fingerprint256))];
  const wanted = path.certificates.map((one) => one.fingerprint256).filter((one) => sent.includes(one));
  if (wanted.every((one, index) => one === sent[index])) return undefined;
  const names = chain.map(nameOf).join(', ');
  return `the chain is sent in the wrong order (${names}): each certificate must have issued the one before it`;
}

/** Why the certificate is not for `name`; undefined when it is. */
export function nameProblem(name: string, { chain, san, subject }: CertificateFacts): string | undefined {
  if (isFor(name, chain[0])) return undefined;
  const names = san.length === 0 ? subject : listed(san);
  if (isIP(name) !== 0) return `the certificate is for ${names}, not for the address ${name}`;
  if (san.some((one) => one.startsWith('*.') && labels(name) > labels(one) && name.endsWith(one.slice(1))))
    return `the certificate is for ${names}, not for ${name}: a wildcard stands for one label`;
  const readable = domainToUnicode(name);
  return `the certificate is for ${names}, not for ${readable === name ? name : `${readable} (${name})`}`;
}

/** Node throws for names it cannot take apart: a certificate with such a name is for nobody. */
function isFor(name: string, certificate: X509Certificate): boolean {
  try {
    return lateTls().checkServerIdentity(name, certificate.toLegacyObject()) === undefined;
  } catch {
    return false;
  }
}

function labels(name: string): number {
  return name.split('.').length;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function nameOf({ subject }: X509Certificate): string {
  return JSON.stringify(oneLine(subject));
}

function ago(ms: number): string {
  const days = Math.floor(ms / day);
  if (days > 0) return days === 1 ? '1 day ago' : `${days} days ago`;
  return 'less than a day ago';
}

function moment(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
