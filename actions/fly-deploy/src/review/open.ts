import {
  type Destroyed,
  type FlyAccount,
  openFlyAccount,
  openPullRequests,
  openReviewApps,
  type Ports,
  type PullRequests,
  type ReviewApps,
  retireRecords,
} from '#core';
import type { FlyDeployInputs } from '../inputs.ts';
import { commentMarker, destroyedComment } from './comment.ts';
import type { ReviewAccess, ReviewSubject } from './decide.ts';

/** Fly and GitHub, opened for a repository’s review apps. */
export interface OpenReview {
  readonly account: FlyAccount;
  readonly apps: ReviewApps;
  readonly pulls: PullRequests;
  readonly organization: string;
  /** Says on the pull request’s page and in the ledger that an app is gone. */
  farewell(
    subject: ReviewSubject,
    gone: {
      readonly because: string;
      readonly again: string;
      /** When the app had been made: records of an earlier one of its name are left alone. */
      readonly since?: string;
    },
  ): Promise<void>;
}

/** Opens what every run about review apps needs. Failures: `token-kind`, `install-failed`. */
export async function openReview(
  ports: Ports,
  inputs: FlyDeployInputs,
  { token, organization, repository }: ReviewAccess,
): Promise<OpenReview> {
  const account = await openFlyAccount(ports, { ...inputs, flyToken: token });
  const { owner, name, id } = repository;
  const [apps, pulls] = await Promise.all([
    openReviewApps(ports, account, { id, label: `${owner}/${name}` }),
    openPullRequests(ports, inputs),
  ]);
  return {
    account,
    organization,
    pulls,
    apps,
    farewell: async (subject, { because, again, since }) => {
      const { number, environment, service } = subject;
      const key = { environment, service, target: `fly:${subject.name}` };
      const body = destroyedComment(because, again);
      await Promise.all([
        pulls.comment({ number, marker: commentMarker(subject), body, create: false }),
        retireRecords(ports, inputs, {
          ...{ ...key, why: `Destroyed: ${because}` },
          ...(since === undefined ? {} : { since }),
        }),
      ]);
    },
  };
}

/** Since when an app that is gone had been there, where that is known. */
export function sinceOf(gone: Destroyed): { readonly since?: string } {
  return gone.kind === 'destroyed' && gone.created !== undefined ? { since: gone.created } : {};
}
