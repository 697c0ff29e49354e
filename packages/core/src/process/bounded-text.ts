/** Text that grows piece by piece, up to a limit. */
export interface BoundedText {
  add(text: string): void;
  text(): string;
  /** Whether something was left out. */
  truncated(): boolean;
}

/** Pieces of a few characters cost ten times their length each: they are joined block by block. */
const blockLength = 65_536;

export function createBoundedText(mostCharacters: number): BoundedText {
  const blocks: string[] = [];
  let pieces: string[] = [];
  let length = 0;
  let room = mostCharacters;
  let truncated = false;
  const close = () => {
    if (pieces.length > 0) blocks.push(pieces.join(''));
    pieces = [];
    length = 0;
  };
  return {
    add(text) {
      truncated ||= text.length > room;
      if (room === 0 || text === '') return;
      const piece = text.slice(0, room);
      room -= piece.length;
      pieces.push(piece);
      length += piece.length;
      if (length >= blockLength) close();
    },
    text() {
      close();
      return blocks.join('');
    },
    truncated: () => truncated,
  };
}
