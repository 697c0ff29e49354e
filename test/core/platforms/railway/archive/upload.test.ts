import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttp } from '#core/io';
import {
  listArchive,
  openArchive,
} from '../../../../../packages/core/src/platforms/railway/archive/archive.ts';
import { Authority } from '../../../../support/certificates.ts';
import { plant } from '../../../../support/file-tree.ts';
import { manualClock } from '../../../../support/manual-clock.ts';

// What is lent piece by piece has to be on the wire before it is taken back.

const hashes: RequestListener = (request, response) => {
  const hash = createHash('sha256');
  request.on('data', (chunk: Buffer) => hash.update(chunk));
  request.on('end', () => response.end(hash.digest('hex')));
};

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('an archive that is uploaded', () => {
  it.each(['http', 'https'])('arrives over %s as it was made', async (scheme) => {
    const authority = new Authority('Archives');
    const trusted = getCACertificates();
    onTestFinished(() => setDefaultCACertificates(trusted));
    setDefaultCACertificates([...trusted, authority.cert]);
    const server =
      scheme === 'http'
        ? createServer(hashes)
        : createSecureServer(authority.leaf({ names: ['127.0.0.1'] }), hashes);
    const url = `${scheme}://127.0.0.1:${await portOf(server)}/up`;

    const files = Array.from({ length: 60 }, (_, index) => [`f${index}`, randomBytes(90_000 + index)]);
    const listing = await listArchive(
      plant({ ...Object.fromEntries(files), words: 'words '.repeat(200_000) }),
      {
        include: [],
      },
    );
    const made = createHash('sha256');
    for await (const piece of openArchive(listing)) made.update(piece);
    const http = createHttp({ clock: manualClock(), env: {}, userAgent: 'belay/test' });
    const { text } = await http.upload({ url, body: openArchive(listing) });
    expect(text).toBe(made.digest('hex'));
  });
});
