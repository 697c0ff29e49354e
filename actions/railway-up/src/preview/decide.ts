import { ActionFailure, type UntrustedRun } from '#core';
import type { PullRequestEvent } from '#core/deployment';
import type { PreviewRepository } from '#core/railway';
import { absentRailwayToken } from '#core/railway/inputs';
import type { PreviewKind } from './inputs.ts';

type Mode = Exclude<PreviewKind, 'false'>;

/** The pull request this run is about, and the environment of the ledger that its records are in. */
export interface PreviewSubject {
  readonly number: number;
  /** `pr-7`. */
  readonly environment: string;
  /** The newest commit of the pull request when this run was started. */
  readonly head: string | undefined;
  /** Whether a bot opened it. */
  readonly isBots: boolean;
}

/** What `preview` asks for. */
export type PreviewWanted =
  /** Strangers’ code. */
  | { readonly kind: 'skip'; readonly mode: Mode; readonly untrusted: UntrustedRun }
  /** Code of which nobody can say whose it is. */
  | { readonly kind: 'refuse'; readonly untrusted: UntrustedRun }
  | {
      readonly kind: 'deploy' | 'close';
      readonly by: 'railway' | 'us';
      readonly repository: PreviewRepository;
      readonly subject: PreviewSubject;
    }
  | { readonly kind: 'sweep'; readonly repository: PreviewRepository };

/** What is known when `preview` is decided about. */
export interface PreviewFacts {
  readonly mode: Mode;
  readonly hasToken: boolean;
  readonly repository: { readonly owner: string; readonly name: string } | undefined;
  readonly repositoryId: string | undefined;
  readonly event: PullRequestEvent | undefined;
  readonly isBots: boolean;
  readonly eventName: string | undefined;
  readonly untrusted: UntrustedRun | undefined;
}

/** A run of strangers’ code is told apart first: it has no secrets, and a missing token is not its fault. */
export function decidePreview(facts: PreviewFacts): PreviewWanted {
  const { mode, untrusted, event, isBots } = facts;
  if (untrusted?.kind === 'unknown') return { kind: 'refuse', untrusted };
  if (untrusted !== undefined) return { kind: 'skip', mode, untrusted };
  if (!facts.hasToken) throw new ActionFailure({ code: 'input-invalid', ...absentRailwayToken(undefined) });
  const repository = repositoryOf(facts);
  if (mode === 'sweep') return { kind: 'sweep', repository };
  if (event === undefined) throw noPullRequest(mode, facts.eventName);
  const { number, head, closed } = event;
  if (mode === 'true' && head === undefined && !closed) throw noCommit(number);
  return {
    kind: closed ? 'close' : 'deploy',
    by: mode === 'true' ? 'railway' : 'us',
    repository,
    subject: { number, environment: environmentOf(number), head, isBots },
  };
}

/** Each pull request is an environment of the ledger. */
export function environmentOf(number: number): string {
  return `pr-${number}`;
}

function repositoryOf({ repository, repositoryId }: PreviewFacts): PreviewRepository {
  if (repository !== undefined && repositoryId !== undefined) return { ...repository, id: repositoryId };
  throw new ActionFailure({
    code: 'input-invalid',
    what: '`preview` needs the repository’s id, and GITHUB_REPOSITORY_ID is not set.',
    next: 'Run it as a step of a workflow.',
  });
}

function noPullRequest(mode: Mode, eventName = 'nothing known'): ActionFailure {
  return new ActionFailure({
    code: 'input-invalid',
    what: `\`preview: ${mode}\` was started by ${eventName}, which is about no pull request.`,
    next: 'Start the workflow `on: pull_request` with the types opened, reopened, synchronize and closed.',
  });
}

function noCommit(number: number): ActionFailure {
  return new ActionFailure({
    code: 'input-invalid',
    what: `The event does not say which commit pull request ${number} is at, and Railway’s deployment is found by it.`,
    next: 'Run it as a step of a workflow, with the event file that GitHub writes.',
  });
}

/** Whether the ledger proves that an environment was made for a pull request of this repository. */
export type Recorded = 'yes' | 'no' | 'unknown';

/** One environment as the sweep finds it. */
export interface SweptEnvironment {
  readonly recorded: Recorded;
  readonly pull: { readonly kind: 'open' | 'closed' } | { readonly kind: 'unknown'; readonly why: string };
}

/** Why an environment goes, or stays: what nothing proves to be made here stays, and so does what is not known. */
export function decideSweep({ recorded, pull }: SweptEnvironment): {
  readonly remove: boolean;
  readonly note: string;
} {
  if (pull.kind === 'open') return { remove: false, note: 'kept: its pull request is open' };
  if (pull.kind === 'unknown')
    return { remove: false, note: `kept: its pull request cannot be asked for (${pull.why})` };
  if (recorded === 'unknown')
    return {
      remove: false,
      note: 'left alone: the deployment records, which prove what was made for a pull request of this repository, cannot be read',
    };
  if (recorded === 'no')
    return {
      remove: false,
      note: 'left alone: no deployment record proves that it was made for a pull request of this repository',
    };
  return { remove: true, note: 'the pull request is closed' };
}
