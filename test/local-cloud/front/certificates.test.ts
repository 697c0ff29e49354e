import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CertificateDefect, type Cloud, startCloud } from '#local-cloud';
import { echoService } from '../../support/echo-service.ts';
import { proxied, tunnelTo } from '../../support/proxied.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

const host = 'shop.apps.echo.test';

/** What a client that verifies says of the host's certificate, and whole days until it expires. */
async function judged(name: string): Promise<{ verdict: string; daysLeft: number }> {
  const { socket } = await tunnelTo(cloud, `${name}:443`);
  const ca = await readFile(cloud.caFile);
  const secure = connect({ socket, servername: name, ca, rejectUnauthorized: false });
  await once(secure, 'secureConnect');
  const { valid_to: until } = secure.getPeerCertificate();
  const verdict = secure.authorized ? 'trusted' : String(secure.authorizationError);
  secure.destroy();
  return { verdict, daysLeft: Math.floor((Date.parse(until) - Date.now()) / 86_400_000) };
}

describe('a host’s certificate', () => {
  const verdicts: { defect: CertificateDefect; verdict: string; daysLeft: number }[] = [
    { defect: 'expired', verdict: 'CERT_HAS_EXPIRED', daysLeft: -2 },
    { defect: 'expiring', verdict: 'trusted', daysLeft: 3 },
    { defect: 'not-yet-valid', verdict: 'CERT_NOT_YET_VALID', daysLeft: 90 },
    { defect: 'wrong-host', verdict: 'ERR_TLS_CERT_ALTNAME_INVALID', daysLeft: 89 },
    { defect: 'self-signed', verdict: 'DEPTH_ZERO_SELF_SIGNED_CERT', daysLeft: 89 },
  ];

  it.each(verdicts)('can be $defect, and then is $verdict', async ({ defect, ...seen }) => {
    expect(await judged(host)).toEqual({ verdict: 'trusted', daysLeft: 89 });
    cloud.certificates.spoil(host, defect);
    expect(await judged(host)).toEqual(seen);
    expect((await judged('api.echo.test')).verdict).toBe('trusted');
    cloud.certificates.clear();
    expect((await judged(host)).verdict).toBe('trusted');
  });

  it('is set by the control API, which refuses what it does not know', async () => {
    const put = async (body: unknown) => {
      const url = `${cloud.proxyUrl}/_cloud/certificates`;
      const answer = await fetch(url, { method: 'PUT', body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    };
    expect(await put({ host, defect: 'expired' })).toEqual({ status: 200, body: { [host]: 'expired' } });
    await expect(proxied(cloud, `https://${host}/`)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    expect(await put({ defect: 'ugly' })).toEqual({
      status: 400,
      body: {
        problems: [
          'host: missing; expected a host name such as shop.fly.dev',
          'defect: expected one of expired, expiring, not-yet-valid, wrong-host, self-signed, got "ugly"',
        ],
      },
    });
    await fetch(`${cloud.proxyUrl}/_cloud/certificates`, { method: 'DELETE' });
    expect(cloud.certificates.defects).toEqual({});
  });
});
