/** The values of the input `mode`. */
export const modeNames = ['upload', 'watch'] as const;

export type ModeName = (typeof modeNames)[number];

/** Of who says nothing. */
export const defaultMode: ModeName = 'upload';
