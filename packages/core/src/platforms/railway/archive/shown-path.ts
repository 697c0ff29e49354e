/** A path for a person: as it is, and in quotes where it holds what is not to be seen. `` is the folder itself. */
export function shownPath(path: string): string {
  if (path === '') return 'The folder itself';
  return /[\p{C}\s"]/u.test(path) ? JSON.stringify(path) : path;
}

/** Some of many paths: the first ten, and how many there are beside them. */
export function shownPaths(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).map(shownPath).join(', ');
  return paths.length <= 10 ? shown : `${shown} and ${paths.length - 10} more`;
}
