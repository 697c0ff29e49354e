/** The values of the input `mode`. */
export const modeNames = ['upload', 'redeploy', 'deploy-commit', 'image'] as const;

export type ModeName = (typeof modeNames)[number];
