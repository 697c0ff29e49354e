export interface Page {
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string;
}

/** A list as GraphQL pages it. A cursor is the place in the list: stable, since newest-first lists are read at once. */
export function connection<Node>(all: readonly Node[], page: Page) {
  const start = page.after === undefined || page.after === null ? 0 : Number(page.after) + 1;
  const end = page.before === undefined ? all.length : Number(page.before);
  const from = page.last === undefined ? start : Math.max(start, end - page.last);
  const to = page.first === undefined ? end : Math.min(end, from + page.first);
  const edges = all.slice(from, to).map((node, index) => ({ cursor: String(from + index), node }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
    },
    totalCount: all.length,
  };
}
