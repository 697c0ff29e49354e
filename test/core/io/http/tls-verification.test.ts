import { describe, expect, it } from 'vitest';
import { createHttp } from '#core/io';
import { manualClock } from '../../../support/manual-clock.ts';
import { answers, scriptedServer } from '../../../support/scripted-server.ts';

const open = (env: Readonly<Record<string, string>>) =>
  createHttp({ clock: manualClock(), env, userAgent: 'belay/test' });

describe('a job that turns the verification of certificates off', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['as Node reads it', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['as Windows may write it', { Node_Tls_Reject_Unauthorized: '0' }],
  ])('has no request of its platform or of GitHub sent, %s', async (_, env) => {
    await using server = await scriptedServer(answers(200));
    const http = open(env);
    const { signal } = new AbortController();
    const refused = {
      code: 'tls-unverified',
      what: 'NODE_TLS_REJECT_UNAUTHORIZED is 0, which turns the verification of certificates off',
      why: 'whoever is on the way could answer for the platform and for GitHub, and read their tokens; nothing was sent',
      next: 'Remove it, and set NODE_EXTRA_CA_CERTS in the job’s env to a PEM file with the certificate authority you mean (and SSL_CERT_FILE, which flyctl reads)',
    };
    const asked = http.request({ method: 'GET', url: server.url, retry: 'read', signal });
    await expect(asked).rejects.toMatchObject(refused);
    const fetched = http.download({ url: server.url, file: '/nowhere', signal });
    await expect(fetched).rejects.toMatchObject(refused);
    expect(server.received).toEqual([]);
  });

  it.each(['1', ''])('is not one that sets it to "%s", which Node takes for on', async (value) => {
    await using server = await scriptedServer(answers(200));
    const { signal } = new AbortController();
    const http = open({ NODE_TLS_REJECT_UNAUTHORIZED: value });
    const answer = await http.request({ method: 'GET', url: server.url, retry: 'read', signal });
    expect(answer.status).toBe(200);
  });
});
