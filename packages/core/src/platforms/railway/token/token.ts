import { ActionFailure } from '../../../outcome/failure.ts';

/**
 * `project`: one environment of one project. `workspace`: everything in one workspace. `account`: whatever its owner may.
 * Source: docs.railway.com/integrations/api, “Creating a token”.
 */
export type RailwayTokenKind = 'project' | 'workspace' | 'account';

/** The header a kind of token is sent in; sent in the other it is `Project Token not found`. Source: railwayapp/cli, `src/client.rs`. */
export function tokenHeaders(kind: RailwayTokenKind, value: string): Readonly<Record<string, string>> {
  return kind === 'project' ? { 'project-access-token': value } : { authorization: `Bearer ${value}` };
}

/** An id and the name people know it by. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A token whose kind was told by asking Railway. */
export type RailwayToken = { readonly value: string } & (
  | { readonly kind: 'project'; readonly project: Named; readonly environment: Named }
  | { readonly kind: 'workspace' | 'account'; readonly workspaces: readonly Named[] }
);

const foreign: readonly { readonly pattern: RegExp; readonly owner: string }[] = [
  { pattern: /^(gh[pousr]_|github_pat_)/, owner: 'GitHub' },
  { pattern: /^(FlyV1\s|fm1[ra]_|fm2_|fo1_)/, owner: 'Fly' },
  { pattern: /^(vc[a-z]_|vercel_)/, owner: 'Vercel' },
];

/** The token itself, without what it was copied with. Failure: `token-kind`, where it is plainly of another platform. */
export function parseRailwayToken(raw: string): string {
  const value = raw.trim().replace(/^(Bearer\s+)+/i, '');
  const owner = foreign.find(({ pattern }) => pattern.test(value))?.owner;
  if (owner === undefined) return value;
  throw new ActionFailure({
    code: 'token-kind',
    what: `\`railway-token\` holds a ${owner} token`,
    why: 'nothing was sent: another platform’s token is none of Railway’s business',
    next: 'Create a project token in the settings of the Railway project, under Tokens, and store it as the secret this job reads.',
  });
}
