/** Newest first, since Railway does not promise an order; of the same moment the larger id. */
export function newestFirst<T extends { readonly createdAt: string; readonly id: string }>(
  all: readonly T[],
): readonly T[] {
  return all.toSorted(
    (one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1),
  );
}
