import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from './answers.ts';

export const permissionNames = [
  'actions',
  'checks',
  'contents',
  'deployments',
  'issues',
  'pull-requests',
  'statuses',
] as const;
export type PermissionName = (typeof permissionNames)[number];
export type Level = 'none' | 'read' | 'write';
export type Permissions = Readonly<Partial<Record<PermissionName, Level>>>;

/** Who is asking. A caller without a token is a stranger: no login, no permissions. */
export interface Caller {
  readonly token: string | undefined;
  readonly login: string | undefined;
  readonly permissions: Permissions;
}

/** Any one of `names` at `level` is enough: a pull request's comments open with `issues` as with `pull-requests`. No names: every token may. */
export interface Need {
  readonly names: readonly PermissionName[];
  readonly level: 'read' | 'write';
}

const everything: Permissions = Object.fromEntries(permissionNames.map((name) => [name, 'write']));

export class Tokens {
  readonly #callers = new Map<string, Caller>();

  /** As in a workflow: name some permissions and all unlisted ones are none; name nothing and all are write. */
  issue(options: { permissions?: Permissions; login?: string; value?: string }): string {
    const serial = createHash('sha1').update(`token ${this.#callers.size}`).digest('hex');
    const token = options.value ?? `ghs_${serial.slice(0, 36)}`;
    this.#callers.set(token, {
      token,
      login: options.login ?? 'github-actions[bot]',
      permissions: options.permissions ?? everything,
    });
    return token;
  }

  caller(headers: IncomingHttpHeaders): Caller {
    const token = headers.authorization?.match(/^(?:bearer|token)\s+(\S+)$/i)?.[1];
    if (headers.authorization === undefined) {
      return { token: undefined, login: undefined, permissions: {} };
    }
    const caller = token === undefined ? undefined : this.#callers.get(token);
    if (caller === undefined) throw refuse(401, 'Bad credentials');
    return caller;
  }

  clear(): void {
    this.#callers.clear();
  }
}

export function allows(permissions: Permissions, need: Need): boolean {
  if (need.names.length === 0) return true;
  return need.names.some((name) => {
    const level = permissions[name] ?? 'none';
    return level === 'write' || level === need.level;
  });
}

/** `deployments=write`, as in `x-accepted-github-permissions`. */
export function describeNeed(need: Need): string {
  return need.names.map((name) => `${name.replace('-', '_')}=${need.level}`).join('; ');
}
