import { GraphQLError } from 'graphql';

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** One page of a connection. GitHub wants exactly `first` or `last`, of at most 100. Backwards paging is not emulated. */
export function connection<T, R>(
  name: string,
  items: readonly T[],
  paging: {
    readonly page: PageArguments;
    readonly cursorOf: (item: T) => string;
    readonly resolve: (item: T) => R;
  },
) {
  const { page, cursorOf, resolve } = paging;
  const size = pageSize(name, page);
  const start = page.after ? items.findIndex((item) => cursorOf(item) === page.after) + 1 : 0;
  const shown = items.slice(start, start + size);
  const cursorAt = (item: T | undefined) => (item === undefined ? null : cursorOf(item));
  return {
    totalCount: items.length,
    nodes: () => shown.map(resolve),
    pageInfo: {
      startCursor: cursorAt(shown[0]),
      endCursor: cursorAt(shown.at(-1)),
      hasNextPage: start + size < items.length,
      hasPreviousPage: start > 0,
    },
  };
}

function pageSize(name: string, page: PageArguments): number {
  if (page.last !== undefined && page.last !== null) {
    throw graphqlError('NOT_EMULATED', `Paging ${name} with \`last\` is not emulated.`);
  }
  const { first } = page;
  if (first === undefined || first === null) {
    throw graphqlError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (first > 100) {
    throw graphqlError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${first} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
    );
  }
  return first;
}

/** GitHub's errors carry a `type` beside the message. */
export function graphqlError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
