import { reasons } from '../reasons.ts';

/** A run of code that nobody has accepted yet, or whose code nobody can say whose it is. No `force` passes it. */
export interface UntrustedRun {
  /** `unknown`: it may be a stranger's. */
  readonly kind: 'fork' | 'dependabot' | 'merge-queue' | 'unknown';
  /** Why it is not trusted, one sentence. */
  readonly what: string;
  /** One sentence. */
  readonly next: string;
}

const known = {
  fork: 'This run was started by a pull request from a fork.',
  dependabot: 'This run was started by Dependabot.',
  'merge-queue': 'This run belongs to a merge queue: its commit may never reach the branch.',
} as const;

export function untrusted(kind: keyof typeof known): UntrustedRun {
  return { kind, what: known[kind], next: reasons.fork.advice };
}

export function unknownRun(what: string, next: string = reasons.fork.advice): UntrustedRun {
  return { kind: 'unknown', what, next };
}
