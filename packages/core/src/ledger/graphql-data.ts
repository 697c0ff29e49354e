import { describeHttpError, describeRefusal, type GitHubApi, jsonOf, refusal } from '../github/api.ts';
import { graphqlProblem } from '../io/graphql-problem.ts';
import { startOf } from '../text/cut.ts';
import { Unreadable } from './read.ts';

/** What GitHub answers a query with: all of it, or Unreadable. An answer with errors may have holes. */
export async function graphqlData(api: GitHubApi, query: string, variables: object): Promise<unknown> {
  const answer = await api.graphql(query, variables).catch((error: unknown) => {
    throw new Unreadable(describeHttpError(error));
  });
  if (answer.status !== 200) throw new Unreadable(describeRefusal('POST', answer), refusal(answer));
  const { data, errors } = Object(jsonOf(answer));
  const problem = graphqlProblem(errors);
  if (problem !== undefined) throw new Unreadable(`GraphQL: ${startOf(problem.message, 300)}`);
  return data;
}
