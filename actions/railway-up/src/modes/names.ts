/** The values of the input `mode`. */
export const modeNames = ['upload'] as const;

export type ModeName = (typeof modeNames)[number];
