import type { TLSSocket } from 'node:tls';
import { createServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { octetString, oid, sequence, tagged } from '../../../packages/local-cloud/src/front/der.ts';
import { selfSigned } from '../../support/certificates.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen } from './loopback.ts';

afterEach(closeServers);

const moment = tagged(0x18, Buffer.from('20260101000000Z'));
const enumerated = (value: number) => tagged(0x0a, Buffer.from([value]));
const basicOcsp = oid('1.3.6.1.5.5.7.48.1.1');

/** An OCSP answer about one certificate, unsigned: what a server staples is not verified here. */
function answer(status: Buffer, more: readonly Buffer[] = []): Buffer {
  const single = sequence(sequence(), status, moment);
  const data = sequence(...more, tagged(0xa2, octetString(Buffer.alloc(20))), moment, sequence(single));
  return sequence(enumerated(0), tagged(0xa0, sequence(basicOcsp, octetString(sequence(data, sequence())))));
}

async function stapling(stapled: Buffer): Promise<number> {
  const server = createServer(selfSigned({ names: ['shop.example'] }), (socket: TLSSocket) => {
    socket.on('error', () => {});
  });
  server.on('OCSPRequest', (_certificate, _issuer, callback) => callback(null, stapled));
  return listen(server);
}

describe('a stapled OCSP answer', () => {
  it.each<[string, Buffer, string]>([
    ['reads good', answer(tagged(0x80)), 'ocsp-status: good'],
    ['reads revoked', answer(tagged(0xa1, moment)), 'ocsp-status: revoked'],
    ['reads unknown', answer(tagged(0x82)), 'ocsp-status: unknown'],
    [
      'is read past its version',
      answer(tagged(0x80), [tagged(0xa0, tagged(0x02, Buffer.from([0])))]),
      'ocsp-status: good',
    ],
    ['of a responder in trouble says nothing', sequence(enumerated(3)), 'ocsp-status: { exists: false }'],
    [
      'that is no OCSP answer says nothing',
      Buffer.from([0x30, 0x84, 0xff]),
      'ocsp-status: { exists: false }',
    ],
  ])('%s', async (_, stapled, expected) => {
    const port = await stapling(stapled);
    const text = `- name: c\n  tls: { host: 127.0.0.1, port: ${port}, trusted: false, host-matches: false, ocsp-stapled: true, ${expected} }`;
    expect(await lastAttempt(text)).toMatchObject({ outcome: 'pass', failures: [] });
  });
});
