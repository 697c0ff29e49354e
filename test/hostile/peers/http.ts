import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Peers } from './peer.ts';
import { answers, drips, ends, floods, many, resets } from './peer.ts';

const ok = 'HTTP/1.1 200 OK\r\n';
const page = `${ok}content-type: text/html\r\n`;
const sized = (head: string, body: Buffer) => [`${head}content-length: ${body.length}\r\n\r\n`, body];
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
const nested = (times: number) =>
  Array.from({ length: times }).reduce((body: Buffer) => gzipSync(body), Buffer.from('hello'));
const html = (text: string) => sized(page, Buffer.from(text));

/** Web servers. */
export const webPeers: Peers = {
  '101 to a plain request': answers(
    `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n`,
  ),
  '101 without a protocol': answers('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  '101, then noise': floods(many(4096), 'HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  '100 without end': floods('HTTP/1.1 100 Continue\r\n\r\n'),
  '103 without end': floods('HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'),
  '199 without end': floods('HTTP/1.1 199 X\r\n\r\n'),
  'a head and then the end': ends(`${ok}content-length: 5\r\n`),
  'a head, then nothing': answers(`${ok}content-length: 5\r\n\r\n`),
  'a head, then a reset': resets(`${ok}content-length: 5\r\n\r\n`),
  'half a body, then a reset': resets(`${ok}content-length: 50\r\n\r\nhello`),
  'half a body, then the end': ends(`${ok}content-length: 50\r\n\r\nhello`),
  'half a status line': ends('HTTP/1.'),
  'a status of four digits': answers('HTTP/1.1 2000 OK\r\n\r\n'),
  'a status of none': answers('HTTP/1.1 OK\r\n\r\n'),
  'status 0': answers('HTTP/1.1 000 X\r\ncontent-length: 0\r\n\r\n'),
  'a version nobody knows': answers('HTTP/9.9 200 OK\r\n\r\n'),
  'two answers at once': ends(`${ok}content-length: 2\r\n\r\nok${ok}content-length: 2\r\n\r\nno`),
  'headers without end': floods('x-a: b\r\n', ok),
  'one header without end': floods(many(4096), `${ok}x-a: `),
  'headers in drops': drips(`${ok}${'x-a: b\r\n'.repeat(2000)}`),
  '5,000 header lines': ends(`${ok}${'a: b\r\n'.repeat(5000)}content-length: 0\r\n\r\n`),
  'a header without a name': ends(`${ok}: b\r\n\r\n`),
  'a header with a zero': ends(`${ok}x: a\0b\r\n\r\n`),
  'a length below zero': ends(`${ok}content-length: -1\r\n\r\nhello`),
  'a length beyond all numbers': answers(`${ok}content-length: 99999999999999999999\r\n\r\nhello`),
  'a length of a terabyte': answers(`${ok}content-length: 1099511627776\r\n\r\nhello`),
  'two lengths': ends(`${ok}content-length: 1\r\ncontent-length: 2\r\n\r\nab`),
  'a body without end': floods(many(4096), `${ok}\r\n`),
  'a page without end': floods('<a href=x>', `${page}\r\n`),
  'chunks without end': floods('5\r\nhello\r\n', `${ok}transfer-encoding: chunked\r\n\r\n`),
  'chunks of one byte': floods('1\r\na\r\n', `${page}transfer-encoding: chunked\r\n\r\n`),
  'a chunk of no size': ends(`${ok}transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`),
  'a chunk of all bytes': answers(`${ok}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello`),
  'a chunk extension without end': floods(many(4096), `${ok}transfer-encoding: chunked\r\n\r\n5;`),
  'trailers without end': floods('x-a: b\r\n', `${ok}transfer-encoding: chunked\r\n\r\n0\r\n`),
  'chunks that break off': resets(`${ok}transfer-encoding: chunked\r\n\r\n5\r\nhel`),
  'a gzip bomb': ends(sized(`${page}content-encoding: gzip\r\n`, bomb)),
  'a brotli bomb': ends(
    sized(`${page}content-encoding: br\r\n`, brotliCompressSync(Buffer.alloc(64 * 1024 * 1024))),
  ),
  'a gzip that is none': ends(sized(`${page}content-encoding: gzip\r\n`, many(100))),
  'a gzip that breaks off': ends(
    sized(`${page}content-encoding: gzip\r\n`, gzipSync(many(9999)).subarray(0, 20)),
  ),
  'a zstd with a window of 128 MB': ends(
    sized(`${page}content-encoding: zstd\r\n`, Buffer.from('28b52ffd0088010000', 'hex')),
  ),
  'gzip five times': ends(sized(`${page}content-encoding: gzip, gzip, gzip, gzip, gzip\r\n`, nested(5))),
  '400 codings': ends(sized(`${page}content-encoding: ${Array(400).fill('gzip').join(', ')}\r\n`, bomb)),
  '400 codings, a line each': ends(sized(`${page}${'content-encoding: gzip\r\n'.repeat(400)}`, bomb)),
  'a coding nobody knows': ends(sized(`${page}content-encoding: rot13\r\n`, many(100))),
  'a redirect to itself': ends('HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n'),
  'a redirect to nowhere': ends('HTTP/1.1 302 Found\r\nlocation: http://\r\ncontent-length: 0\r\n\r\n'),
  'a redirect to another protocol': ends('HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\n\r\n'),
  'JSON of a million levels': ends(sized(ok, many(1_000_000, '['))),
  'a commit of a megabyte': ends(html(`{"commit":"${'a'.repeat(1_000_000)}"}`)),
  'a page of 300,000 images': ends(html('<img src=a>'.repeat(300_000))),
  'a page of 300,000 bad addresses': ends(html('<img src="http://[">'.repeat(300_000))),
  'an import map of 200,000 modules': ends(
    html(
      `<script type=importmap>{"imports":{${Array.from({ length: 200_000 }, (_, at) => `"${at}":"/${at}.js"`).join()}}}</script>`,
    ),
  ),
  'an import map of many levels': ends(
    html(`<script type=importmap>{"imports":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}</script>`),
  ),
  'a srcset of a million': ends(html(`<img srcset="${'a b,'.repeat(1_000_000)}">`)),
  'a style sheet of noise': ends(html(`<style>${'@import url( '.repeat(100_000)}</style>`)),
};
