import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { Answer, Packet } from 'dns-packet';
import { type DnsRecord, rcodes, type Zone } from './zone.ts';

const loopback = '127.0.0.1';
const defaultTtl = 60;
const authoritative = 1 << 10;

/** A DNS server on loopback, by UDP. It knows one zone and asks nobody else. */
export class NameServer {
  readonly #zone: Zone;
  readonly #socket = createSocket('udp4');

  constructor(zone: Zone) {
    this.#zone = zone;
    this.#socket.on('message', (message, from) => void this.#answer(message, from));
  }

  async listen(): Promise<void> {
    this.#socket.bind(0, loopback);
    await once(this.#socket, 'listening');
  }

  /** `127.0.0.1:PORT`. */
  get address(): string {
    return `${loopback}:${this.#socket.address().port}`;
  }

  close(): void {
    this.#socket.close();
  }

  async #answer(message: Buffer, from: RemoteInfo): Promise<void> {
    // Loaded when first asked: most clouds never are.
    const { decode, encode } = (await import('dns-packet')).default;
    const query = readPacket(decode, message);
    if (query === undefined) return;
    this.#socket.send(encode(this.#packetFor(query)), from.port, from.address, () => undefined);
  }

  #packetFor({ id = 0, questions = [] }: Packet): Packet {
    const [question] = questions;
    const { rcode, answers } =
      question === undefined
        ? { rcode: 'FORMERR' as const, answers: [] }
        : this.#zone.answer(question.name, question.type);
    return {
      type: 'response',
      id,
      flags: authoritative | rcodes[rcode],
      questions,
      answers: answers.map(wireForm),
    };
  }
}

/** Undefined for what is no query: it gets no answer. */
function readPacket(decode: (message: Buffer) => Packet, message: Buffer): Packet | undefined {
  try {
    const packet = decode(message);
    return packet.type === 'query' ? packet : undefined;
  } catch {
    return undefined;
  }
}

function wireForm(record: DnsRecord): Answer {
  return { ttl: defaultTtl, ...record, class: 'IN' } as Answer;
}
