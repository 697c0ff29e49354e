import type { Random } from './random.ts';

/** How a connection goes on after a piece. */
export type Then = 'goes on' | 'ends' | 'is reset' | 'stalls';

/** Breaks what a server says, piece by piece; the same seed breaks it the same way. */
export type Mutation = (piece: Buffer) => { readonly pieces: readonly Buffer[]; readonly after: Then };

type Change = (piece: Buffer, random: Random) => readonly Buffer[];

const noise = (random: Random, length: number) =>
  Buffer.from(Array.from({ length }, () => random.below(256)));

const changes: readonly [Change, ...Change[]] = [
  // Some bytes are others.
  (piece, random) => {
    const changed = Buffer.from(piece);
    for (let count = 1 + random.below(4); count > 0 && changed.length > 0; count--)
      changed[random.below(changed.length)] = random.below(256);
    return [changed];
  },
  // A number is huge, below zero, or none.
  (piece, random) => {
    const changed = Buffer.from(piece);
    const lie = Buffer.from(random.pick(['ffffffff', '7fffffff', '80000000', '00000000', '3b9aca00']), 'hex');
    lie.copy(changed, random.below(Math.max(1, changed.length - 3)));
    return [changed];
  },
  (piece, random) => [
    Buffer.from(
      piece.toString('latin1').replace(/\d+/, random.pick(['99999999999', '-1', '0', 'x', '1e9'])),
      'latin1',
    ),
  ],
  // Something is missing, is there twice, or stands in between.
  (piece, random) => {
    const at = random.below(piece.length + 1);
    return [piece.subarray(0, at), piece.subarray(at + 1 + random.below(16))];
  },
  (piece, random) => Array.from({ length: 2 + random.below(50) }, () => piece),
  (piece, random) => {
    const at = random.below(piece.length + 1);
    return [piece.subarray(0, at), noise(random, 1 + random.below(200)), piece.subarray(at)];
  },
  // A part of it goes on and on, inside itself.
  (piece, random) => {
    const at = random.below(piece.length + 1);
    const part = piece.subarray(at, at + 1 + random.below(64));
    const times = Math.ceil((random.next() < 0.1 ? 8_000_000 : 100_000) / Math.max(1, part.length));
    return [piece.subarray(0, at), Buffer.alloc(times * part.length, part), piece.subarray(at)];
  },
  // In slivers.
  (piece) => Array.from({ length: Math.min(piece.length, 300) }, (_, at) => piece.subarray(at, at + 1)),
  // Another order.
  (piece, random) => {
    const at = random.below(piece.length + 1);
    return [piece.subarray(at), piece.subarray(0, at)];
  },
];

const endings: readonly [Then, ...Then[]] = ['ends', 'is reset', 'is reset', 'ends', 'stalls'];

export function mutation(random: Random): Mutation {
  let untilBroken = random.next() < 0.7 ? 0 : random.below(4);
  const isCut = random.next() < 0.35;
  return (piece) => {
    if (untilBroken-- > 0) return { pieces: [piece], after: 'goes on' };
    if (isCut)
      return { pieces: [piece.subarray(0, random.below(piece.length + 1))], after: random.pick(endings) };
    return { pieces: random.pick(changes)(piece, random), after: 'goes on' };
  };
}
