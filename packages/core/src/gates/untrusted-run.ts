import { reasons } from '../outcome/reasons.ts';

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
  fork: {
    what: 'This run was started by a pull request from a fork.',
    next: reasons.fork.advice,
  },
  // Its branches are of this repository.
  dependabot: {
    what: 'This run was started by Dependabot.',
    next: 'Deploy by the push that merging its pull request makes.',
  },
  'merge-queue': {
    what: 'This run belongs to a merge queue: its commit may never reach the branch.',
    next: 'Deploy by the push that the queue makes to the branch.',
  },
} as const;

export function untrusted(kind: keyof typeof known): UntrustedRun {
  return { kind, ...known[kind] };
}

const tellsWhose =
  'Start the deploy by an event that tells whose code it is about, such as `push` or `workflow_dispatch`.';

export function unknownRun(what: string, next: string = tellsWhose): UntrustedRun {
  return { kind: 'unknown', what, next };
}
