/** The values of the input `mode`. */
export const modeNames = ['upload', 'watch', 'redeploy', 'deploy-commit', 'image'] as const;

export type ModeName = (typeof modeNames)[number];

/** Of who says nothing. */
export const defaultMode: ModeName = 'upload';
