import { createServer, type TLSSocket } from 'node:tls';
import {
  BasicOCSPResponse,
  CertID,
  CertStatus,
  id_pkix_ocsp_basic,
  KeyHash,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
  type Version,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../support/certificates.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen } from './loopback.ts';

afterEach(closeServers);

const moment = new Date('2026-01-01');
const bytes = Uint8Array.of(1).buffer;
const none = { algorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }), bytes };
const certID = new CertID({
  hashAlgorithm: none.algorithm,
  issuerNameHash: new OctetString(bytes),
  issuerKeyHash: new OctetString(bytes),
  serialNumber: bytes,
});

/** An OCSP answer about one certificate, unsigned: what a server staples is not verified here. */
function answer(status: Partial<CertStatus>, more: Partial<ResponseData> = {}): Buffer {
  const certStatus = new CertStatus(status);
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(new ArrayBuffer(20)) }),
    producedAt: moment,
    responses: [new SingleResponse({ certID, certStatus, thisUpdate: moment })],
    ...more,
  });
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: none.algorithm,
    signature: none.bytes,
  });
  const response = new OctetString(AsnConvert.serialize(basic));
  const responseBytes = new ResponseBytes({ responseType: id_pkix_ocsp_basic, response });
  return whole({ responseStatus: OCSPResponseStatus.successful, responseBytes });
}

function whole(said: Partial<OCSPResponse>): Buffer {
  return Buffer.from(AsnConvert.serialize(new OCSPResponse(said)));
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
    ['reads good', answer({ good: null }), 'ocsp-status: good'],
    [
      'reads revoked',
      answer({ revoked: new RevokedInfo({ revocationTime: moment }) }),
      'ocsp-status: revoked',
    ],
    ['reads unknown', answer({ unknown: null }), 'ocsp-status: unknown'],
    ['is read past its version', answer({ good: null }, { version: 1 as Version }), 'ocsp-status: good'],
    [
      'of a responder in trouble says nothing',
      whole({ responseStatus: OCSPResponseStatus.tryLater }),
      'ocsp-status: { exists: false }',
    ],
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
