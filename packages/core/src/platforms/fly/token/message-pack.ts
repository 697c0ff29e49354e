/**
 * What a macaroon is made of: MessagePack without floats and extensions. A map is its pairs, whose keys may be numbers. Ours, and
 * not `@msgpack/msgpack`: that reads to any depth what a stranger wrote, and is fifteen times as large.
 */
export type Packed = null | boolean | number | string | Uint8Array | readonly Packed[] | PackedMap;

export interface PackedMap {
  readonly pairs: readonly (readonly [Packed, Packed])[];
}

/** Deeper than any token goes; what is deeper is not one. */
const deepest = 16;

/** The value that `bytes` hold, and undefined where they hold anything but exactly one: https://github.com/msgpack/msgpack/blob/master/spec.md */
export function unpack(bytes: Uint8Array): Packed | undefined {
  const reader = new Reader(bytes);
  try {
    const value = reader.value(0);
    return reader.isAtEnd ? value : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Throws RangeError for what is cut off, too deep, or of a form that no token has. */
  value(depth: number): Packed {
    if (depth > deepest) throw new RangeError('too deep');
    const form = this.#unsigned(1);
    if (form <= 0x7f) return form;
    if (form >= 0xe0) return form - 0x100;
    if (form <= 0x8f) return this.#map(form & 0x0f, depth);
    if (form <= 0x9f) return this.#array(form & 0x0f, depth);
    if (form <= 0xbf) return this.#text(form & 0x1f);
    switch (form) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return form === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#take(this.#unsigned(2 ** (form - 0xc4)));
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return this.#unsigned(2 ** (form - 0xcc));
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return this.#signed(2 ** (form - 0xd0));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#unsigned(2 ** (form - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#array(this.#unsigned(form === 0xdc ? 2 : 4), depth);
      case 0xde:
      case 0xdf:
        return this.#map(this.#unsigned(form === 0xde ? 2 : 4), depth);
      default:
        throw new RangeError('no form of a token');
    }
  }

  #array(length: number, depth: number): readonly Packed[] {
    const items: Packed[] = [];
    // Each takes a byte at least: a length that lies runs into the end.
    for (let index = 0; index < length; index += 1) items.push(this.value(depth + 1));
    return items;
  }

  #map(length: number, depth: number): PackedMap {
    const pairs: (readonly [Packed, Packed])[] = [];
    for (let index = 0; index < length; index += 1) {
      pairs.push([this.value(depth + 1), this.value(depth + 1)]);
    }
    return { pairs };
  }

  #text(length: number): string {
    return Buffer.from(this.#take(length)).toString('utf8');
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('cut off');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Ids of 64 bits lose their last digits: nobody asks for those here. */
  #unsigned(size: number): number {
    return this.#take(size).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  #signed(size: number): number {
    const at = this.#at;
    this.#take(size);
    if (size === 8) return Number(this.#view.getBigInt64(at));
    if (size === 4) return this.#view.getInt32(at);
    return size === 2 ? this.#view.getInt16(at) : this.#view.getInt8(at);
  }
}
