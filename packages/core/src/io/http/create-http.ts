import type { Clock } from '../clock.ts';
import type { Http } from '../http.ts';
import { type Connections, createAgents } from './connections.ts';
import { download } from './download.ts';
import { readProxies } from './proxy.ts';
import type { Redact } from './redact.ts';
import { send } from './send.ts';
import { requireTlsVerification } from './tls-verification.ts';
import { upload } from './upload.ts';

/** What the network port is opened with. */
export interface HttpOptions {
  readonly clock: Clock;
  /** Read for `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and `NODE_TLS_REJECT_UNAUTHORIZED`, in either case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
  /** Takes registered secrets out of what errors show. */
  readonly redact?: Redact;
}

/**
 * The real port to the network: pooled connections, proxies by the usual variables, retries by class. A proxy that
 * cannot be used rejects the first request with an ActionFailure (`proxy-unusable`), and so does a job that turns the
 * verification of certificates off (`tls-unverified`).
 */
export function createHttp({ clock, env, userAgent, redact = (text) => text }: HttpOptions): Http {
  let opened: Connections | undefined;
  // On first use, because a failure can only be reported once the action runs.
  const connections = () => {
    requireTlsVerification(env);
    opened ??= { clock, userAgent, redact, ...createAgents(readProxies(env)) };
    return opened;
  };
  return {
    request: async (request) => send(request, connections()),
    download: async (request) => download(request, connections()),
    upload: async (request) => upload(request, connections()),
  };
}
