/** As the railway CLI sends it: what it leaves out is null. */
export interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A list as GraphQL pages it. A cursor is the id of its node, so that it stays what it is when others come. */
export function connection<Node extends { readonly id: string }>(all: readonly Node[], page: Page) {
  const after = page.after ? all.findIndex(({ id }) => id === page.after) + 1 : 0;
  const before = page.before ? all.findIndex(({ id }) => id === page.before) : all.length;
  const from = page.last ? Math.max(after, before - page.last) : after;
  const to = page.first === null || page.first === undefined ? before : Math.min(before, from + page.first);
  const edges = all.slice(from, to).map((node) => ({ cursor: node.id, node }));
  return {
    edges,
    pageInfo: {
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
    },
  };
}
