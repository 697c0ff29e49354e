/** Of the names, those most like what was typed, nearest first. */
export function nearest(typed: string, names: readonly string[], count: number): readonly string[] {
  return names
    .map((name) => ({ name, distance: distance(typed, name) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** `; did you mean nth?` where one of the names is near enough to what was typed; else nothing. */
export function didYouMean(typed: unknown, names: readonly string[]): string {
  if (typeof typed !== 'string') return '';
  const limit = Math.max(1, Math.floor(typed.length * 0.4));
  const [best] = nearest(typed, names, 1);
  return best !== undefined && distance(typed, best) <= limit ? `; did you mean ${best}?` : '';
}

/** How many letters are to be put in, left out, changed, or swapped with the next, to make one of the other. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, against] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === against ? 0 : 1);
      const isSwapped = letter === other[column - 1] && against === one[line - 1];
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, swapped, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
