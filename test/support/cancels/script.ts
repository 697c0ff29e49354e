import fc from 'fast-check';

/** What is under way when it is cut, by platform. */
export const works = {
  fly: ['deploy', 'restore', 'rollback', 'review', 'review again'],
  railway: ['upload', 'upload taken back', 'rollback on Railway'],
} as const;

export type CutPlatform = keyof typeof works;
export type Work = (typeof works)[CutPlatform][number];

/** How it is cut. */
export const cuts = [
  /** The runner's ladder: SIGINT, SIGTERM, SIGKILL. */
  'cancel',
  /** The same, and one more SIGINT soon after the first. */
  'cancelled twice',
  /** SIGKILL of main alone: the job goes on to its post. */
  'kill',
  /** The ladder in the first 300 ms. */
  'early cancel',
  /** SIGKILL of main in the first 300 ms. */
  'early kill',
  /** The ladder, and a SIGINT of post too. */
  'cancel in post',
] as const;

/** One run, and when it is cut. Milliseconds. */
export interface CancelScript {
  readonly work: Work;
  readonly cut: (typeof cuts)[number];
  /** After the process of main was started; of an early cut, the last 300 of it. */
  readonly atMs: number;
  /** After the first signal, or after the start of post. */
  readonly againMs: number;
}

/** As long as the longest work takes where nothing is in its way. */
const longest: Readonly<Record<Work, number>> = {
  deploy: 5_000,
  restore: 9_000,
  rollback: 4_500,
  review: 5_000,
  'review again': 5_000,
  upload: 9_000,
  'upload taken back': 14_000,
  'rollback on Railway': 13_500,
};

/** Scripts of one platform's works, drawn at random. */
export function cancelsOf(platform: CutPlatform): fc.Arbitrary<CancelScript> {
  return fc
    .record({
      work: fc.constantFrom<Work>(...works[platform]),
      cut: fc.constantFrom(...cuts),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      againMs: fc.nat(2_000),
    })
    .map(({ work, cut, part, againMs }) => ({ work, cut, atMs: momentOf({ work, cut }, part), againMs }));
}

/** Each work with each cut once, before anything is drawn. */
export function everyPairOf(platform: CutPlatform): readonly CancelScript[] {
  return works[platform].flatMap((work, row) =>
    cuts.map((cut, column) => ({
      work,
      cut,
      atMs: momentOf({ work, cut }, ((row * cuts.length + column * 7) % 10) / 10),
      againMs: 100 + 300 * row,
    })),
  );
}

export function describeCancel({ work, cut, atMs, againMs }: CancelScript): string {
  return `${work}, ${cut} after ${atMs} ms (${againMs} ms)`;
}

function momentOf({ work, cut }: Pick<CancelScript, 'work' | 'cut'>, part: number): number {
  return Math.round(cut.startsWith('early') ? part * 300 : 300 + part * (longest[work] - 300));
}
