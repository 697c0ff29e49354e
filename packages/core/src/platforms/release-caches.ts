/**
 * Headers by which a platform's own cache speaks that each release has anew: what it answers is of the release that
 * serves, whatever its age. Fly has no cache of its own, and Railway's outlives releases.
 */
export const releaseCaches: readonly string[] = [
  // Vercel keys its cache by deployment.
  'x-vercel-cache',
];
