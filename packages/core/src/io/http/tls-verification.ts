import { ActionFailure } from '../../outcome/failure.ts';

/**
 * Fails where the job turns the verification of certificates off for every connection of Node, and so for those that
 * carry tokens. Node reads the variable at each connection, and only `0` counts.
 */
export function requireTlsVerification(env: Readonly<Record<string, string | undefined>>): void {
  const isOff = Object.entries(env).some(
    ([name, value]) => name.toUpperCase() === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0',
  );
  if (!isOff) return;
  throw new ActionFailure({
    code: 'tls-unverified',
    what: 'NODE_TLS_REJECT_UNAUTHORIZED is 0, which turns the verification of certificates off',
    why: 'whoever is on the way could answer for the platform and for GitHub, and read their tokens; nothing was sent',
    next: 'Remove it, and set NODE_EXTRA_CA_CERTS in the job’s env to a PEM file with the certificate authority you mean (and SSL_CERT_FILE, which flyctl reads)',
  });
}
