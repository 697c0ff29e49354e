import type { FlyApp } from './machine.ts';
import type { Certificate } from './model.ts';

const lifeMs = 90 * 24 * 3_600_000;

function isIssued({ askedAtMs, takesMs }: Certificate, nowMs: number): boolean {
  return nowMs - askedAtMs >= takesMs;
}

/** As it is listed. */
export function certificateSummary(certificate: Certificate, nowMs: number) {
  const issued = isIssued(certificate, nowMs);
  const at = new Date(certificate.askedAtMs).toISOString();
  return {
    hostname: certificate.hostname,
    status: statusOf(issued),
    configured: issued,
    acme_requested: true,
    acme_dns_configured: issued,
    acme_alpn_configured: issued,
    acme_http_configured: issued,
    ownership_txt_configured: false,
    has_custom_certificate: false,
    has_fly_certificate: issued,
    created_at: at,
    updated_at: at,
  };
}

/** As it is shown, with the records it asks for. */
export function certificateJson(certificate: Certificate, app: FlyApp, nowMs: number) {
  const { hostname, askedAtMs } = certificate;
  const issued = isIssued(certificate, nowMs);
  const expires = new Date(askedAtMs + lifeMs).toISOString();
  const authority = 'lets_encrypt';
  return {
    hostname,
    configured: issued,
    acme_requested: true,
    status: statusOf(issued),
    certificates: [
      {
        source: 'fly',
        status: statusOf(issued),
        created_at: new Date(askedAtMs).toISOString(),
        issued: (issued ? ['rsa', 'ecdsa'] : []).map((type) => ({
          type,
          expires_at: expires,
          certificate_authority: authority,
        })),
      },
    ],
    validation: {
      dns_configured: issued,
      alpn_configured: issued,
      http_configured: issued,
      ownership_txt_configured: false,
    },
    dns_requirements: requirements(hostname, app),
    validation_errors: [],
  };
}

function statusOf(issued: boolean): string {
  return issued ? 'active' : 'pending_validation';
}

function requirements(hostname: string, app: FlyApp) {
  const addresses = (...types: readonly string[]) =>
    app.ips.filter(({ type }) => types.includes(type)).map(({ address }) => address);
  const plain = hostname.replace(/^\*\./, '');
  return {
    a: addresses('v4', 'shared_v4'),
    aaaa: addresses('v6'),
    cname: `${app.id}.${app.name}.fly.dev`,
    acme_challenge: { name: `_acme-challenge.${plain}`, target: `${plain}.${app.id}.flydns.net` },
    ownership: {
      name: `_fly-ownership.${plain}`,
      app_value: `app-${app.id}`,
      org_value: `org-${app.organization.slug}`,
    },
  };
}
