/** When an answer was made, by the clock of whoever made it: milliseconds since the epoch, cut off to seconds. */
export function answeredAt(date: string | undefined): number | undefined {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? undefined : at;
}
