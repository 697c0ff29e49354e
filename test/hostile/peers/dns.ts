/**
 * What a DNS server answers to a query, as the bytes of one message; several are sent one after the other. By hand, since
 * dns-packet writes every name in full: 3,000 addresses would not fit into a message.
 */
export type DnsPeer = (query: Buffer) => readonly Buffer[];

/** In the flags of an answer. */
export const truncated = 0x02;

/** A good answer with `count` addresses. */
export function goodAnswer(query: Buffer, count = 1, flags = 0): Buffer {
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180 | (flags << 8), 2);
  head.writeUInt16BE(count, 6);
  head.writeUInt16BE(0, 10);
  const address = Buffer.from('c00c00010001000000ff00047f000001', 'hex');
  return Buffer.concat([head, questionOf(query), ...Array.from({ length: count }, () => address)]);
}

/** Name, type and class of the only question. */
function questionOf(query: Buffer): Buffer {
  const end = query.indexOf(0, 12);
  return query.subarray(12, end + 5);
}

const patched = (answer: Buffer, at: number, ...bytes: readonly number[]) => {
  Buffer.from(bytes).copy(answer, at);
  return answer;
};

export const dnsPeers: Readonly<Record<string, DnsPeer>> = {
  'nothing at all': () => [Buffer.alloc(0)],
  'one byte': () => [Buffer.of(1)],
  'the query itself': (query) => [query],
  noise: () => [Buffer.alloc(500, 0xa5)],
  'another id': (query) => [patched(goodAnswer(query), 0, 0, 0)],
  '65,535 answers that are not there': (query) => [patched(goodAnswer(query), 6, 0xff, 0xff)],
  'a name that points to itself': (query) => {
    const answer = goodAnswer(query);
    answer.writeUInt16BE(0xc000 | (answer.length - 16), answer.length - 16);
    return [answer];
  },
  'an answer that breaks off': (query) => [goodAnswer(query).subarray(0, -3)],
  'an address of 60,000 bytes': (query) => [
    patched(goodAnswer(query), goodAnswer(query).length - 6, 0xea, 0x60),
  ],
  'truncated, and more by TCP': (query) => [goodAnswer(query, 1, truncated)],
  '3,000 addresses': (query) => [goodAnswer(query, 3000, truncated)],
  'the same answer a thousand times': (query) => Array.from({ length: 1000 }, () => goodAnswer(query)),
};
