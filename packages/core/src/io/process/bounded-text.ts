import { StringDecoder } from 'node:string_decoder';

/** Text that comes in pieces of UTF-8, up to a limit. */
export interface BoundedText {
  add(bytes: Buffer): void;
  text(): string;
  /** Whether something was left out. */
  truncated(): boolean;
}

/** Bytes. */
const blockLength = 65_536;

/**
 * Kept as bytes, block by block: pieces of a few characters cost ten times their length each, and text that is kept makes
 * room for as much again that is not.
 */
export function createBoundedText(mostBytes: number): BoundedText {
  const blocks: Buffer[] = [];
  let length = 0;
  let truncated = false;
  return {
    add(bytes) {
      const end = Math.min(bytes.length, mostBytes - length);
      truncated ||= end < bytes.length;
      for (let at = 0; at < end; ) {
        const used = length % blockLength;
        if (used === 0) blocks.push(Buffer.allocUnsafeSlow(blockLength));
        const taken = bytes.copy(blocks.at(-1) ?? bytes, used, at, end);
        at += taken;
        length += taken;
      }
    },
    text() {
      const decoder = new StringDecoder('utf8');
      let whole = '';
      for (const [index, block] of blocks.entries())
        whole += decoder.write(block.subarray(0, length - index * blockLength));
      // Of a character that was cut there is nothing to show.
      return truncated ? whole : whole + decoder.end();
    },
    truncated: () => truncated,
  };
}
