let known: typeof import('semver') | undefined;

/** `semver`, loaded by the first file that has a range of versions. */
export async function loadVersions(): Promise<typeof import('semver')> {
  known ??= await import('semver');
  return known;
}

/** Whether a text is a range of versions; undefined while `semver` is not loaded. */
export function isVersionRange(text: string): boolean | undefined {
  return known && known.validRange(text) !== null;
}
