import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

const body = Buffer.from([1, 2, 3, 0x47]);
const answering = () =>
  serve((_request, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync(body));
  });

it.each<[string, string, 'pass' | 'fail']>([
  ['start so', '{ bytes: { starts-with: "hex,0102" } }', 'pass'],
  ['start so, in base64', '{ bytes: { starts-with: "base64,AQI=" } }', 'pass'],
  ['start with all there is', '{ bytes: { starts-with: "hex,01020347" } }', 'pass'],
  ['do not start so', '{ bytes: { starts-with: "hex,0203" } }', 'fail'],
  ['do not start with more than there is', '{ bytes: { starts-with: "hex,0102034700" } }', 'fail'],
  ['do not start so, as asked', '{ bytes: { not-starts-with: "hex,0203" } }', 'pass'],
  ['start so, and must not', '{ bytes: { not-starts-with: "hex,01" } }', 'fail'],
  ['end in text', '{ bytes: { ends-with: G } }', 'pass'],
  ['end so', '{ bytes: { ends-with: "hex,0347" } }', 'pass'],
  ['do not end so', '{ bytes: { ends-with: "hex,03" } }', 'fail'],
  ['do not end with more than there is', '{ bytes: { ends-with: "hex,0001020347" } }', 'fail'],
  ['start so before they are decoded', '{ bytes: { raw: { starts-with: "hex,1f8b" } } }', 'pass'],
  ['do not before they are decoded', '{ bytes: { raw: { starts-with: "hex,01" } } }', 'fail'],
  [
    'start so in either view',
    '{ bytes: { raw: { starts-with: "hex,1f8b" }, starts-with: "hex,01" } }',
    'pass',
  ],
  [
    'start so in one view only',
    '{ bytes: { raw: { starts-with: "hex,1f8b" }, starts-with: "hex,02" } }',
    'fail',
  ],
  ['start so in the list form', '{ all: [{ bytes: raw, starts-with: "hex,1f8b" }] }', 'pass'],
  [
    'start so in a list of them',
    '{ all: [{ bytes: true, starts-with: "hex,01", ends-with: "hex,47" }] }',
    'pass',
  ],
])('bytes %s: %s', async (_, expected, outcome) => {
  expect((await lastAttempt(page(await answering(), expected))).outcome).toBe(outcome);
});
