/** Work that is begun before it is waited for: what it fails with is told where that is done, and crashes nothing before. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}
