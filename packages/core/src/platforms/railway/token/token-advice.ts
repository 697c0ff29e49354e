import type { RailwayToken, RailwayTokenKind } from './token.ts';

/** What a run does that a project token may not. */
export type BeyondProject = 'other-environments' | 'environments-made';

const reach: Readonly<Record<RailwayTokenKind, string>> = {
  project: 'is bound to one environment of one project',
  workspace: 'may change every project of its workspace',
  account: 'may do whatever its owner may, in every workspace',
};

/** One line for who gave a run a token that may do more than it needs; undefined where it does not. */
export function railwayTokenAdvice(
  { kind }: Pick<RailwayToken, 'kind'>,
  needs: readonly BeyondProject[] = [],
): string | undefined {
  if (kind === 'project') return undefined;
  if (needs.length === 0) {
    return `\`railway-token\` is a token of ${kind === 'account' ? 'an account' : 'a workspace'}, which ${reach[kind]}; this run needs one environment alone. Create a project token for it in the project's settings, under Tokens, and store that in its place.`;
  }
  if (kind === 'workspace') return undefined;
  return `\`railway-token\` is a token of an account, which ${reach.account}; this run needs one workspace alone. Create a token for the workspace in the account's settings, under Tokens, and store that in its place.`;
}

/** What is known of it, for `dry-run`. */
export function describeRailwayToken(token: RailwayToken): string {
  if (token.kind === 'project') {
    return `\`railway-token\` is a project token: it is bound to the environment ${token.environment.name} of ${token.project.name}.`;
  }
  const names = token.workspaces.map(({ name }) => name).join(', ') || 'none that it names';
  return `\`railway-token\` is a token of ${token.kind === 'account' ? 'an account' : 'a workspace'}: it ${reach[token.kind]} (${names}).`;
}
