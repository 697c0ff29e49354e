import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { CertificateAuthority } from '../../../packages/local-cloud/src/front/authority.ts';

export interface TrustedAuthority extends Disposable {
  readonly authority: CertificateAuthority;
}

/** An authority this process trusts until it is disposed of. */
export function trustedAuthority(): TrustedAuthority {
  const before = getCACertificates('default');
  const authority = new CertificateAuthority();
  setDefaultCACertificates([...before, authority.pem]);
  return { authority, [Symbol.dispose]: () => setDefaultCACertificates(before) };
}

export interface SecureServer extends Disposable {
  readonly url: string;
}

/** A web server on `https://localhost` with a certificate of `authority`. */
export async function serveSecurely(
  { authority }: TrustedAuthority,
  listener: RequestListener,
): Promise<SecureServer> {
  const server = createServer(
    { SNICallback: (name, answer) => answer(null, authority.contextFor(name)) },
    listener,
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}`, [Symbol.dispose]: () => server.close() };
}
